import Type from "typebox";
import { Details, Id } from "./events.ts";

/** What review asks schedule before a review is written, and what it relies on in a yes: the answer is 200, or a refusal. */
export const permissionContract = {
  request: Type.Object({ id: Id }, { additionalProperties: false }),
  response: Type.Object({ scheduleId: Id, title: Details.properties.title, reviewable: Type.Literal(true) }),
};
