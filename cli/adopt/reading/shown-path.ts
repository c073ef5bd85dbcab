import { relative, resolve } from "node:path";

/** A path as whoever runs the command would write it. */
export function shownPath(path: string): string {
  const near = relative(process.cwd(), resolve(path));
  return near === "" || near.startsWith("..") ? path : near;
}
