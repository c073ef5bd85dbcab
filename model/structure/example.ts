import type { Shape } from "./shape.ts";

/** What somebody could write in a form: with every word of it, or only with those that may not be left out. */
export function exampleOf(shape: Shape, which: "needed" | "every" = "needed"): unknown {
  switch (shape.form) {
    case "flag":
      return true;
    case "choice":
      return shape.words[0];
    case "list":
      return [exampleOf(shape.each, which)];
    case "table":
      return { [shape.example]: exampleOf(shape.each, which) };
    case "group":
      return Object.fromEntries(
        Object.entries(shape.words).flatMap(([name, word]) => {
          if (word.form !== "optional") return [[name, exampleOf(word, which)]];
          return which === "every" ? [[name, exampleOf(word.shape, which)]] : [];
        }),
      );
    case "either":
      return shape.of[0] && exampleOf(shape.of[0], which);
    case "foreign":
      return {};
    default:
      return shape.example;
  }
}
