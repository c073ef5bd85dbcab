/** What pods ask for. */

import { parseQuantity } from "../../model/quantity.ts";
import { longRunning, type Workload } from "../resources/pods.ts";

/** Cores or bytes that one pod asks for; a missing request is the limit. */
export function requested(workload: Workload, what: string, bound: "requests" | "limits" = "requests"): number {
  return longRunning(workload).reduce(
    (sum, { container: { resources } }) =>
      sum +
      (parseQuantity(
        resources?.[bound]?.[what] ?? (bound === "requests" ? resources?.limits?.[what] : undefined) ?? 0,
      ) ?? 0),
    0,
  );
}

/** A sum of cores, bytes or objects, for findings. */
export function readable(name: string, value: number): string {
  if (name.includes("memory") || name.includes("storage")) return `${Math.ceil(value / 2 ** 20)}Mi`;
  return name.includes("cpu") ? `${Math.round(value * 1000)}m` : String(value);
}
