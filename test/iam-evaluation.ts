interface Statement {
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

/** What IAM decides about one action on one resource by one policy: denied wins, and what nobody allows is denied. */
export function allows(policy: string, action: string, resource: string): boolean {
  const { Statement: statements } = JSON.parse(policy) as { Statement: readonly Statement[] };
  const matching = statements.filter(
    ({ Action, Resource }) =>
      [Action].flat().some((pattern) => matches(pattern, action, "i")) &&
      [Resource].flat().some((pattern) => matches(pattern, resource, "")),
  );
  return matching.some(({ Effect }) => Effect === "Allow") && !matching.some(({ Effect }) => Effect === "Deny");
}

/** IAM's wildcards: `*` for anything, `?` for one character. Actions ignore case, resources do not. */
function matches(pattern: string, text: string, flags: string): boolean {
  const expression = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, flags).test(text);
}
