import { createHash } from "node:crypto";

/** Digits that tell apart what is alike up to where it was cut. */
const DIGITS = 7;

/** Longest names. Pulumi puts a dash and seven digits behind a role's, a dash and eight behind a Job's, which is also a label of its pods. */
export const MOST = { role: 64 - 8, job: 63 - 9, server: 63, cache: 40, targetGroup: 32 } as const;

/** The name itself or, where it is longer than `most`, its beginning and digits of the whole: always the same, and no two names alike. */
export function fittingName(name: string, most: number): string {
  if (name.length <= most) return name;
  const beginning = name.slice(0, most - DIGITS - 1).replace(/-+$/, ""); // RDS takes no two dashes in a row
  return `${beginning}-${createHash("sha256").update(name).digest("hex").slice(0, DIGITS)}`;
}
