type OneOrMore = string | readonly string[];

interface Statement {
  readonly Effect: string;
  readonly Action?: OneOrMore;
  readonly NotAction?: OneOrMore;
  /** None in a trust policy: the role itself is meant. */
  readonly Resource?: OneOrMore;
  readonly NotResource?: OneOrMore;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMore>>>>;
}

/** What IAM knows of a request beside action and resource, such as the claims of a token, by condition key. */
export type RequestContext = Readonly<Record<string, string>>;

/** What IAM decides about one action on one resource by one policy: denied wins, and what nobody allows is denied. */
export function allows(policy: string, action: string, resource: string, context: RequestContext = {}): boolean {
  const { Statement: statements } = JSON.parse(policy) as { Statement: readonly Statement[] };
  const matching = statements.filter(
    ({ Action, NotAction, Resource, NotResource, Condition = {} }) =>
      speaksOf(action, "i", Action, NotAction) &&
      speaksOf(resource, "", Resource, NotResource) &&
      Object.entries(Condition).every(([operator, keys]) => holds(operator, keys, context)),
  );
  return matching.some(({ Effect }) => Effect === "Allow") && !matching.some(({ Effect }) => Effect === "Deny");
}

/** Whether a trust policy lets a token with these claims take on the role. */
export function trusts(policy: string, claims: RequestContext): boolean {
  return allows(policy, "sts:AssumeRoleWithWebIdentity", "", claims);
}

function speaksOf(text: string, flags: string, these?: OneOrMore, allBut?: OneOrMore): boolean {
  const matchesOne = (patterns: OneOrMore): boolean =>
    [patterns].flat().some((pattern) => matches(pattern, text, flags));
  if (allBut !== undefined) return !matchesOne(allBut);
  return these === undefined || matchesOne(these);
}

/** Every key has to have one of its values; a key that the request does not have has none. */
function holds(operator: string, keys: Readonly<Record<string, OneOrMore>>, context: RequestContext): boolean {
  if (!["StringEquals", "StringLike", "ArnEquals", "ArnLike"].includes(operator))
    throw new Error(`condition operator ${operator} is not evaluated here; teach test/iam-evaluation.ts what it means`);
  return Object.entries(keys).every(([key, values]) => {
    const found = context[key];
    return (
      found !== undefined &&
      [values]
        .flat()
        .map((value) => filledIn(value, context))
        .some((value) => (operator === "StringEquals" ? value === found : matches(value, found, "")))
    );
  });
}

/** A policy may name what the request knows, `${aws:PrincipalTag/team}`; what it does not know is equal to nothing. */
function filledIn(value: string, context: RequestContext): string {
  return value.replaceAll(/\$\{([^}]+)\}/g, (whole, key: string) => context[key] ?? whole);
}

/** IAM's wildcards: `*` for anything, `?` for one character. Actions ignore case, resources do not. */
function matches(pattern: string, text: string, flags: string): boolean {
  const expression = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, flags).test(text);
}
