import { extname, join } from "node:path";

/** What Slipway ships: this repository, or the package where it is installed. Nothing is ever written there. */
export const SHIPPED = join(import.meta.dirname, "../..");

/** A program of ours that Node.js is to start, by its path from `SHIPPED` without an ending: TypeScript here, JavaScript in the package. */
export function ownProgram(path: string): string {
  return join(SHIPPED, `${path}${extname(import.meta.filename)}`);
}
