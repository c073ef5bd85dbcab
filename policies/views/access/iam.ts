/** What a policy of IAM says, whoever carries it. */

import { UnknownValue } from "../../resources/unknown.ts";

export interface Statement {
  readonly Effect?: string;
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly NotPrincipal?: Statement["Principal"];
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
interface StatementList {
  readonly Statement?: Statement | readonly Statement[];
}
/** As a resource takes it: as text, or as an object. */
export type PolicyDocument = string | StatementList;

/** Its statements in their order; text that is no JSON is known only later. */
export function statementsOf(policy: PolicyDocument | undefined): readonly Statement[] {
  return [(typeof policy === "string" ? parsed(policy) : policy)?.Statement ?? []].flat();
}

function parsed(policy: string): StatementList {
  try {
    return JSON.parse(policy) as StatementList;
  } catch {
    throw new UnknownValue("the policy is no JSON");
  }
}

/** Keys of all conditions, in lower case: IAM takes them in any. */
export function conditionKeys({ Condition = {} }: Statement): string[] {
  return Object.values(Condition).flatMap((keys) => Object.keys(keys).map((key) => key.toLowerCase()));
}
