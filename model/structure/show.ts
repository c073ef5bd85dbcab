import { exampleOf } from "./example.ts";
import type { Shape } from "./shape.ts";

const LONGEST = 80;

/** A value as it would stand in a description, short enough for a line. */
export function show(value: unknown): string {
  const whole = written(value, 3);
  return whole.length <= LONGEST ? whole : `${whole.slice(0, LONGEST - 1)}…`;
}

function written(value: unknown, depth: number): string {
  if (value === undefined) return "nothing";
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return String(value);
  if (depth === 0) return "…";
  if (Array.isArray(value)) return `[${value.map((one) => written(one, depth - 1)).join(", ")}]`;
  const words = Object.entries(value).map(([name, one]) => `${asKey(name)}: ${written(one, depth - 1)}`);
  return words.length === 0 ? "{}" : `{ ${words.join(", ")} }`;
}

function asKey(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** What may stand where a form is wanted. */
export function describe(shape: Shape): string {
  switch (shape.form) {
    case "flag":
      return "true or false";
    case "sentence":
      return "one sentence";
    case "text":
      return `a text such as ${show(shape.example)}`;
    case "number":
      return `a ${shape.whole ? "whole " : ""}number such as ${shape.example}`;
    case "choice":
      return shape.words.map(show).join(", ");
    case "list":
      return `a list such as ${show(exampleOf(shape))}`;
    case "either":
      return shape.of.map(describe).join(", or ");
    case "foreign":
      return "an object such as a JSON schema";
    default:
      return show(exampleOf(shape));
  }
}
