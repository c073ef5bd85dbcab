import type { Shape } from "./shape.ts";

/** One word of a description: where it may stand, with `*` for names that the writer chooses, and its form. */
export interface WordPlace {
  readonly path: readonly string[];
  readonly shape: Shape;
  readonly optional: boolean;
}

/** Every word that a form knows, those of inner forms included. */
export function everyWord(shape: Shape, path: readonly string[] = []): WordPlace[] {
  switch (shape.form) {
    case "list":
    case "table":
      return everyWord(shape.each, [...path, "*"]);
    case "either":
      return shape.of.flatMap((form) => everyWord(form, path));
    case "group":
      return Object.entries(shape.words).flatMap(([name, word]) => {
        const optional = word.form === "optional";
        const place = { path: [...path, name], shape: optional ? word.shape : word, optional };
        return [place, ...everyWord(place.shape, place.path)];
      });
    default:
      return [];
  }
}
