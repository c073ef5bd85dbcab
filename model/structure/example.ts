import type { Shape } from "./shape.ts";

/** The shortest that somebody could write in a form: only what may not be left out, and the first of several forms. */
export function exampleOf(shape: Shape): unknown {
  switch (shape.form) {
    case "flag":
      return true;
    case "choice":
      return shape.words[0];
    case "list":
      return [exampleOf(shape.each)];
    case "table":
      return { [shape.example]: exampleOf(shape.each) };
    case "group":
      return Object.fromEntries(
        Object.entries(shape.words).flatMap(([name, word]) =>
          word.form === "optional" ? [] : [[name, exampleOf(word)]],
        ),
      );
    case "either":
      return shape.of[0] && exampleOf(shape.of[0]);
    case "foreign":
      return {};
    default:
      return shape.example;
  }
}
