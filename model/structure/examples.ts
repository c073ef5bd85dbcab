import { exampleOf } from "./example.ts";
import type { Shape } from "./shape.ts";

/** Examples of a form that have every word of it, together in each of the forms that it may have; never two more than one of its words needs. */
export function examplesOf(shape: Shape): readonly unknown[] {
  switch (shape.form) {
    case "list":
      return examplesOf(shape.each).map((each) => [each]);
    case "table":
      return examplesOf(shape.each).map((each) => ({ [shape.example]: each }));
    case "either":
      return shape.of.flatMap(examplesOf);
    case "group": {
      const words = Object.entries(shape.words).map(
        ([name, word]) => [name, examplesOf(word.form === "optional" ? word.shape : word)] as const,
      );
      const most = Math.max(1, ...words.map(([, examples]) => examples.length));
      return Array.from({ length: most }, (_, turn) =>
        Object.fromEntries(words.map(([name, examples]) => [name, examples[turn % examples.length]])),
      );
    }
    default:
      return [exampleOf(shape)];
  }
}
