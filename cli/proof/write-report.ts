import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { rowsAsText } from "../../experiments/load/row.ts";
import { worseThan } from "../../experiments/report/against.ts";
import { junit } from "../../experiments/report/junit.ts";
import { page } from "../../experiments/report/page.ts";
import { type Circumstances, type Report, reportOf } from "../../experiments/report/report.ts";
import type { Proof } from "../../experiments/run/prove.ts";
import { writeAtomically } from "../../toolchain/machine/write-atomically.ts";
import { projectFolder } from "../project/project-folder.ts";
import { UserError } from "../terminal/user-error.ts";
import { checklist } from "./circumstances.ts";

/** Everybody may read a report. */
const READABLE = 0o644;

export interface Written {
  /** The page for people. */
  readonly page: string;
  /** What got worse; null where there is nothing to compare with. */
  readonly worse: readonly string[] | null;
}

/** Where a report is written unless somebody says where: below the project, where git does not look. */
export function standardFolder(system: string, startedAt: string): string {
  return join(projectFolder, ".slipway", "proof", `${system}-${startedAt.slice(0, 19).replaceAll(":", "")}`);
}

/** Writes page, JSON, JUnit XML and the logs of all loads into a folder. */
export function writeReport(
  folder: string,
  found: Circumstances,
  proofs: readonly Proof[],
  against: Report | null,
): Written {
  const { report, logs } = reportOf(found, checklist(), proofs);
  const worse = against && worseThan(against, report);
  const write = (file: string, content: string | Uint8Array) => writeAtomically(join(folder, file), content, READABLE);
  for (const [file, rows] of logs) write(file, gzipSync(rowsAsText(rows)));
  write("report.json", `${JSON.stringify(report)}\n`);
  write("junit.xml", junit(report));
  write("report.html", page(report, worse));
  return { page: resolve(folder, "report.html"), worse };
}

/** An earlier report.json. */
export function readReport(file: string): Report {
  const wanted = "wanted: the report.json of an earlier `slipway prove`";
  try {
    const report = JSON.parse(readFileSync(file, "utf8")) as Partial<Report>;
    if (report.format !== 1 || !Array.isArray(report.proofs)) throw new Error("it is no report");
    return report as Report;
  } catch (error) {
    throw new UserError(
      `slipway prove: --against ${file}: ${error instanceof Error ? error.message : String(error)}; ${wanted}`,
    );
  }
}
