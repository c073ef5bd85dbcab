/** Statements of resource policies, evaluated as AWS evaluates them. */

import type { Statement } from "./iam.ts";

/** Keys that say who asks, or from where; without one of them a condition lets everybody through. */
const WHO =
  /^aws:(principal(orgid|orgpaths|account|arn|isawsservice|servicename|tag\/.+)|source(account|arn|orgid|orgpaths|vpce|vpc|ip|owner)|userid|username|vpcsourceip|via.+)$/i;
const POSITIVE = /^(ForAnyValue:)?(String(Equals|EqualsIgnoreCase|Like)|Arn(Equals|Like)|IpAddress|Bool)$/i;

/** True for a principal that is everybody: `"*"`, or everybody but some. */
export function isEverybody({ Principal, NotPrincipal }: Statement): boolean {
  if (NotPrincipal !== undefined) return true;
  if (Principal === "*") return true;
  const { AWS } = Object(Principal) as { readonly AWS?: unknown };
  return [AWS].flat().includes("*");
}

/** True when a condition always names who may ask: operators that also hold where the key is absent do not. */
export function namesWho({ Condition = {} }: Statement): boolean {
  return conditionsOf(Condition).some(([operator, key, values]) => POSITIVE.test(operator) && closes(key, values));
}

/** True when only `ForAllValues` would name who may ask; it holds for everybody who has no such key at all. */
export function namesWhoIfKnown({ Condition = {} }: Statement): boolean {
  return conditionsOf(Condition).some(
    ([operator, key, values]) =>
      /^ForAllValues:/i.test(operator) && POSITIVE.test(operator.slice(13)) && closes(key, values),
  );
}

function conditionsOf(condition: NonNullable<Statement["Condition"]>): [string, string, readonly string[]][] {
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(Object(keys) as object).map(([key, values]): [string, string, readonly string[]] => [
      operator,
      key,
      [values].flat().map(String),
    ]),
  );
}

function closes(key: string, values: readonly string[]): boolean {
  return (
    WHO.test(key) &&
    values.length > 0 &&
    !values.some((value) => /^(\*|arn:\*.*|0\.0\.0\.0\/[01]|::\/0|false)$/.test(value))
  );
}

/** Whether a statement is about everybody, and nothing narrows it. */
export function meansEverybody(statement: Statement): boolean {
  return statement.Effect === "Allow" && isEverybody(statement) && !Object.keys(statement.Condition ?? {}).length;
}
