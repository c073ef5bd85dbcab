import Type from "typebox";
import { Details, Id } from "./events.ts";

/** What cleancall sends to cleanmanage, and what it relies on in a yes: cleanmanage checks the first, cleancall the second. */
export const assignmentContract = {
  request: Type.Object({ callId: Id, ...Details.properties }, { additionalProperties: false }),
  response: Type.Object({ callId: Id }),
};
