import { parseDuration } from "../quantity.ts";

const LAST_PORT = 65_535;

/** True for a port that somebody can listen on. */
export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= LAST_PORT;
}

/** True for a path in a container below its root, in its shortest form: no dots, no double and no closing slash. */
export function isAbsolutePath(path: string): boolean {
  return /^(\/[^/\0]+)+$/.test(path) && !path.split("/").some((step) => step === "." || step === "..");
}

/** True for one path that is the other, or below it. */
export function isBelow(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

/** True for a path relative to the description that does not leave its folder. */
export function staysInside(path: string): boolean {
  return path !== "" && !/^([/~\\]|[A-Za-z]:)/.test(path) && !path.split(/[/\\]/).includes("..");
}

/** True for a path relative to the description: below its folder, or beside it, where the way up comes first. */
export function isRelative(path: string): boolean {
  return /^(\.\.\/)*\.\.$/.test(path) || staysInside(path.replace(/^(\.\.\/)+/, ""));
}

/** True for what a program can ask of its environment in every language. */
export function isVariableName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name);
}

/** Seconds of a duration within bounds; undefined for every other text. */
export function durationWithin(text: string, least: string, most: string): number | undefined {
  const [value, min, max] = [text, least, most].map(parseDuration);
  return value !== undefined && value >= (min ?? 0) && value <= (max ?? 0) ? value / 1000 : undefined;
}
