import { spawnSync } from "node:child_process";
import type { Objection } from "./exceptions.ts";

/** From here on a known vulnerability counts. */
const COUNTING = ["moderate", "high", "critical"];

interface Advisory {
  readonly name: string;
  readonly title: string;
  readonly url: string;
  readonly severity: string;
  readonly range: string;
}

interface Report {
  readonly vulnerabilities?: Readonly<Record<string, { readonly via: readonly (Advisory | string)[] }>>;
  readonly message?: string;
}

/** What the registry knows against the packages of the lock file, or why it was not heard. */
export type Heard = { readonly objections: readonly Objection[] } | { readonly unheard: string };

/** Asks the registry about every package of the lock file. */
export function askRegistry(folder: string): Heard {
  const { stdout, error } = spawnSync("npm", ["audit", "--json"], { cwd: folder, encoding: "utf8" });
  return error ? { unheard: error.message } : readReport(stdout);
}

/** Reads what `npm audit --json` prints; each advisory once, with the package that it is about. */
export function readReport(text: string): Heard {
  let report: Report;
  try {
    report = JSON.parse(text) as Report;
  } catch {
    return { unheard: text.trim().split("\n")[0] || "npm said nothing" };
  }
  if (report.vulnerabilities === undefined) return { unheard: report.message ?? "npm gave no report" };
  const advisories = Object.values(report.vulnerabilities)
    .flatMap(({ via }) => via)
    .filter((via) => typeof via !== "string")
    .filter(({ severity }) => COUNTING.includes(severity));
  const byKey = new Map(advisories.map((advisory) => [`${advisory.name} ${advisory.url}`, advisory]));
  return {
    objections: [...byKey.values()].map(({ name, url, range }) => ({
      of: name,
      version: range,
      found: url.slice(url.lastIndexOf("/") + 1),
    })),
  };
}
