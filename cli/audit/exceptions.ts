/** What is allowed although the rule says no, for how long, and why. */
export interface Exception {
  /** Name of a package or module; with `/*` at its end, of all below. */
  readonly of: string;
  /** The licence, or the identifier of the advisory. */
  readonly found: string;
  readonly reason: string;
  /** Last day on which it holds, YYYY-MM-DD; then somebody looks again. */
  readonly until: string;
}

/** Something that the rule says no to. */
export interface Objection {
  readonly of: string;
  readonly version: string;
  readonly found: string;
}

/** What is left when exceptions are taken away, with every exception that has ended or that nothing needs any more. */
export function withoutExceptions(
  objections: readonly Objection[],
  exceptions: readonly Exception[],
  today: string,
): string[] {
  const covers = ({ of, found }: Exception, objection: Objection): boolean =>
    found === objection.found && (of.endsWith("/*") ? objection.of.startsWith(of.slice(0, -1)) : of === objection.of);
  const current = exceptions.filter(({ until }) => until >= today);
  return [
    ...objections
      .filter((objection) => !current.some((exception) => covers(exception, objection)))
      .map(({ of, version, found }) => `${of} ${version}: ${found}`),
    ...exceptions
      .filter(({ until }) => until < today)
      .map(
        ({ of, found, until }) => `${of}: the exception for ${found} has ended on ${until}; look again, then move it`,
      ),
    ...current
      .filter((exception) => !objections.some((objection) => covers(exception, objection)))
      .map(({ of, found }) => `${of}: nothing needs the exception for ${found} any more; delete it`),
  ];
}
