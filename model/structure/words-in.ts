import type { WordPlace } from "./every-word.ts";
import { read } from "./read.ts";
import type { Shape } from "./shape.ts";

/** Every word that stands in a value of a form: of the forms that it may have, those of the one that it has. */
export function wordsIn(shape: Shape, value: unknown, path: readonly string[] = []): WordPlace[] {
  switch (shape.form) {
    case "list":
    case "table":
      return Object.values(Object(value)).flatMap((each) => wordsIn(shape.each, each, [...path, "*"]));
    case "either": {
      const form = shape.of.find((one) => read(one, value, { system: "", path: [] }).faults.length === 0);
      return form === undefined ? [] : wordsIn(form, value, path);
    }
    case "group":
      return Object.entries(shape.words).flatMap(([name, word]) => {
        if (!Object.hasOwn(Object(value), name)) return [];
        const optional = word.form === "optional";
        const place = { path: [...path, name], shape: optional ? word.shape : word, optional };
        return [place, ...wordsIn(place.shape, Reflect.get(Object(value), name), place.path)];
      });
    default:
      return [];
  }
}
