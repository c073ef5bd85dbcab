import type { Alert, Runbook } from "../alert.ts";

/** What every alert says of itself; one that explains others or is explained by them says so beside. */
export function about(
  name: string,
  severity: Alert["severity"],
  patience: number,
): Pick<Alert, "name" | "severity" | "patience" | "role"> {
  return { name, severity, patience, role: "alone" };
}

/** A writer of runbooks whose first look is always the same. */
export function bookWith(
  diagnosis: readonly string[],
): (symptom: string, impact: string, fix: readonly string[]) => Runbook {
  return (symptom, impact, fix) => ({ symptom, impact, diagnosis, fix });
}
