import { dirname, relative } from "node:path";
import { SHIPPED } from "../../../toolchain/roots/shipped.ts";
import { comment } from "./comment.ts";
import { printed, wordsIn } from "./code.ts";
import type { Described } from "./describe.ts";

/** Where the description finds the words: beside it in this project, or in the package. */
export interface Doors {
  readonly draft: string;
  readonly values: string;
}

/** The whole file of a description. */
export function descriptionText(
  { code, notes }: Pick<Described, "code" | "notes">,
  identifier: string,
  doors: Doors,
  from: readonly string[],
): string {
  const words = [...new Set(wordsIn(code))].toSorted();
  const one = doors.draft === doors.values;
  const imports = one
    ? [`import { ${["draftSystem", ...words].join(", ")} } from ${JSON.stringify(doors.draft)};`]
    : [
        `import { draftSystem } from ${JSON.stringify(doors.draft)};`,
        ...(words.length > 0 ? [`import { ${words.join(", ")} } from ${JSON.stringify(doors.values)};`] : []),
      ];
  return [
    ...imports,
    "",
    `// ${comment(`Adopted from ${from.join(", ")}.`)}`,
    "// What only people know is left open: `slipway plan` asks for it. Once nothing is, `draftSystem` becomes `defineSystem`.",
    ...notes.map((note) => `// ${note}`),
    `export const ${identifier} = draftSystem(${printed(code)});`,
    "",
  ].join("\n");
}

/** In this repository the words lie beside the description, elsewhere in the package. */
export function doorsFrom(file: string): Doors {
  if (relative(SHIPPED, file).startsWith("..")) return { draft: "slipway", values: "slipway" };
  const up = relative(dirname(file), SHIPPED) || ".";
  return { draft: `${up}/model/draft.ts`, values: `${up}/model/words/value.ts` };
}
