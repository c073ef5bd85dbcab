import type { Shape } from "./shape.ts";

/** True when a value has the outer form that is wanted; what is inside it is read on its own. */
export function fits(shape: Shape, value: unknown): boolean {
  switch (shape.form) {
    case "text":
      return typeof value === "string";
    case "sentence":
      return typeof value === "string" && value.trim() !== "";
    case "number":
      return shape.whole ? Number.isInteger(value) : Number.isFinite(value);
    case "flag":
      return typeof value === "boolean";
    case "choice":
      return shape.words.some((word) => word === value);
    case "list":
      return Array.isArray(value);
    default:
      return isObject(value);
  }
}

/** An object with words of its own, no list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
