/** Places in a file, so that a finding can name the line of the property that it is about. */

/** The line of a property or list entry, and the spots inside it by key or index. */
export interface Spot {
  readonly line: number;
  readonly inside: ReadonlyMap<string, Spot>;
}

/** Line of the property at a path, or of its nearest parent that exists. */
export type LineOf = (path: string) => number;

/** Looks for paths below one of several places of a document: an item of a list, or the inputs and outputs of one resource. */
export function lineFinder(root: Spot, ...bases: readonly (readonly string[])[]): LineOf {
  return (path) => {
    const steps = stepsOf(path);
    const found = (bases.length === 0 ? [[]] : bases).map((base) => deepest(root, base, steps));
    return found.reduce((best, one) => (one.depth > best.depth ? one : best)).line;
  };
}

function deepest(
  root: Spot,
  base: readonly string[],
  steps: readonly string[],
): { readonly line: number; readonly depth: number } {
  let spot = root;
  let depth = -base.length; // a base that is not there loses against one that is
  for (const step of [...base, ...steps]) {
    const next = spot.inside.get(step);
    if (!next) break;
    spot = next;
    depth += 1;
  }
  return { line: spot.line, depth };
}

/** `spec.containers[0].env["a.b"]` as its keys and indices. */
export function stepsOf(path: string): string[] {
  return [...path.matchAll(/\["([^"]*)"\]|([^.[\]]+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
}
