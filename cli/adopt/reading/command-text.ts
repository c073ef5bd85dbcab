import type { Written } from "../program.ts";
import type { Place } from "./place.ts";

/** A command as text in which addresses may stand. */
export function commandText(run: readonly string[], at: Place): Written[] {
  return run.length === 0 ? [] : [{ what: "its command", text: run.join(" "), at }];
}
