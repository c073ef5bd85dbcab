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

/** A description that cannot be planned; carries every fault at once. Commands that meet it exit with code 2. */
export class InvalidSystem extends Error {
  readonly faults: readonly Fault[];

  constructor(system: string, faults: readonly Fault[]) {
    super(
      [
        `The description of "${system}" has ${faults.length} ${faults.length === 1 ? "fault" : "faults"}; nothing was deployed.`,
        ...faults.map(formatFault),
      ].join("\n"),
    );
    this.name = "InvalidSystem";
    this.faults = faults;
  }
}

/** One fault on three short lines. */
export function formatFault({ kind, path, found, allowed, fix }: Fault): string {
  return `  ${path} [${kind}]\n    found ${found}; allowed: ${allowed}\n    fix: ${fix}`;
}
