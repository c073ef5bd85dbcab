import { nearest } from "../../model/nearest.ts";
import type { Experiment } from "../../experiments/words.ts";
import { UserError } from "../terminal/user-error.ts";

/** The experiments that are meant: all, the short set, or those named. */
export function chosenExperiments(
  all: readonly Experiment[],
  { only, smoke }: { readonly only?: string | undefined; readonly smoke?: boolean | undefined },
): readonly Experiment[] {
  if (only === undefined) return smoke ? all.filter((experiment) => experiment.smoke) : all;
  const ids = all.map(({ id }) => id);
  const named = only.split(",").map((id) => id.trim());
  const unknown = named.filter((name) => !ids.some((id) => id.toLowerCase() === name.toLowerCase()));
  if (unknown.length > 0)
    throw new UserError(
      unknown
        .map((name) => {
          const guess = nearest(name, ids);
          return `slipway prove: no experiment "${name}"${guess ? ` (did you mean "${guess}"?)` : ""}; there are: ${ids.join(", ")}.`;
        })
        .join("\n"),
    );
  return all.filter(({ id }) => named.some((name) => id.toLowerCase() === name.toLowerCase()));
}
