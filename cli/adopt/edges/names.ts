import type { Program } from "../program.ts";

/** Who answers at a port of the machine, and at which port of its own. */
export interface Bound {
  readonly program: Program;
  readonly port: number;
}

/** Finds programs by the names that stand in addresses. */
export class Names {
  readonly #programs = new Map<string, Program>();
  readonly #machine: ReadonlyMap<number, Bound>;

  /** `machine` says who answers at which port of the machine. */
  constructor(programs: readonly Program[], machine: ReadonlyMap<number, Bound> = new Map()) {
    for (const program of programs.toReversed())
      for (const name of program.aliases)
        for (const full of fullNames(name, program)) this.#programs.set(full, program);
    for (const program of programs.toReversed())
      for (const full of fullNames(program.name, program)) this.#programs.set(full, program);
    this.#machine = machine;
  }

  /** Who is asked by that name, as `by` sees it. */
  find(name: string, by: Program): Program | undefined {
    const target = by.links?.get(name);
    const found = this.#programs.get((target ?? name).toLowerCase());
    // A name without its namespace means a neighbour in the same one.
    const near = by.namespace === undefined ? undefined : this.#programs.get(`${name.toLowerCase()}.${by.namespace}`);
    return near ?? found;
  }

  /** Who answers at a port of the machine: for programs that share its network. */
  atMachine(port: number): Bound | undefined {
    return this.#machine.get(port);
  }
}

function fullNames(name: string, { namespace }: Program): string[] {
  const own = name.toLowerCase();
  if (namespace === undefined) return [own];
  return [own, `${own}.${namespace}`, `${own}.${namespace}.svc`, `${own}.${namespace}.svc.cluster.local`];
}
