import { plainText } from "../stores/recognise.ts";
import { code, type Entry, entry, secretCode } from "./code.ts";
import { labelOf } from "./label.ts";
import type { Reader } from "./reader.ts";
import { isSecret } from "./secrets.ts";

/** The second programs of a pod; why they cannot be services is left open. */
export function besideOf({ vertex: { program, name }, secrets }: Reader): Entry {
  const entries = program.beside.map(({ name: own, image, run, variables }) => {
    const reads = variables.flatMap((variable) => {
      const text = plainText(variable.told);
      if (isSecret(variable))
        return [entry(variable.name, secretCode(secrets.named(variable.name, JSON.stringify(variable.told), name)))];
      return text === undefined ? [] : [entry(variable.name, code(text))];
    });
    return entry(labelOf(own), {
      entries: [
        entry("from", code({ image })),
        ...(run.length > 0 ? [entry("run", code(run))] : []),
        ...(reads.length > 0 ? [entry("reads", { entries: reads })] : []),
      ],
    });
  });
  return entry("beside", { entries });
}
