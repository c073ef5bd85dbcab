import { secretIn } from "../../../policies/judging/secrets.ts";
import type { Variable } from "../program.ts";

const LONGEST = 80;

/** A value as it may stand in a comment: never a secret. */
export function shownValue({ name, told }: Variable, text: string): string {
  if (!("text" in told)) return "…";
  const open = text
    .replaceAll(/((?:^|\/\/)[^\s/:@]*):(?!…)[^\s/@]*@/g, "$1:…@")
    .replaceAll(/((?:password|passwd|pwd|pass|secret|token|key)\s*[=:]\s*)[^;&,\s]+/gi, "$1…");
  if (secretIn(name, open) !== undefined) return "…";
  return open.length <= LONGEST ? open : `${open.slice(0, LONGEST)}…`;
}
