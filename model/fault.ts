/** One fault of a description: where it is, what stands there, what may stand there, and what to do. */
export interface Fault {
  /** Kind of the fault; stable, so that scripts and tests can name it. */
  readonly kind: string;
  /** Place in the description, such as "fishdelivery/order: calls.payment.timeout". */
  readonly path: string;
  readonly found: string;
  readonly allowed: string;
  readonly fix: string;
}

/** A description and what is wrong with it. */
export interface Broken {
  readonly system: string;
  readonly faults: readonly Fault[];
}

/** Descriptions that cannot be planned; carries every fault of all of them at once. Commands that meet it exit with code 2. */
export class InvalidSystem extends Error {
  readonly faults: readonly Fault[];

  constructor(broken: readonly Broken[]) {
    super(broken.flatMap(({ system, faults }) => [headline(system, faults.length), ...faults.map(format)]).join("\n"));
    this.name = "InvalidSystem";
    this.faults = broken.flatMap(({ faults }) => faults);
  }
}

function headline(system: string, count: number): string {
  return `The description of "${system}" has ${count} ${count === 1 ? "fault" : "faults"}; nothing was deployed.`;
}

/** One fault on three short lines. */
function format({ kind, path, found, allowed, fix }: Fault): string {
  return `  ${path} [${kind}]\n    found ${found}; allowed: ${allowed}\n    fix: ${fix}`;
}
