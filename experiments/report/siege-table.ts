import { html } from "../../model/harmless/html.ts";
import type { Figures } from "../measure.ts";
import type { ProofReport } from "./report.ts";

const LINES: readonly [name: string, unit: string, of: (figures: Figures) => number][] = [
  ["Hits", "", ({ hits }) => hits],
  ["Availability", "%", ({ availabilityPercent }) => availabilityPercent],
  ["Elapsed time", "s", ({ elapsedSeconds }) => elapsedSeconds],
  ["Data transferred", "MB", ({ megabytes }) => megabytes],
  ["Response time", "s", ({ meanMs }) => meanMs / 1000],
  ["Transaction rate", "/s", ({ perSecond }) => perSecond],
  ["Throughput", "MB/s", ({ megabytesPerSecond }) => megabytesPerSecond],
  ["Concurrency", "", ({ concurrency }) => concurrency],
  ["Successful", "", ({ ok }) => ok],
  ["Failed", "", ({ failed }) => failed],
  ["Longest", "s", ({ longestMs }) => longestMs / 1000],
  ["Shortest", "s", ({ shortestMs }) => shortestMs / 1000],
  ["p50", "ms", ({ p50Ms }) => p50Ms],
  ["p95", "ms", ({ p95Ms }) => p95Ms],
  ["p99", "ms", ({ p99Ms }) => p99Ms],
];

/** The twelve lines of siege for the control and each run, beside what the sources had measured. */
export function siegeTable({ runs, control, source }: ProofReport): string {
  const before = "run" in control ? (control.run?.figures ?? null) : null;
  const columns = [before, ...runs.map(({ figures }) => figures)];
  const heads = ["Control", ...runs.map((_, index) => `Run ${index + 1}`)].map((head) => `<th>${head}</th>`);
  const rows = LINES.map(([name, unit, of]) => {
    const cells = columns.map((figures) => `<td class="number">${figures === null ? "" : shown(of(figures))}</td>`);
    return `<tr><td>${name}</td>${cells.join("")}<td>${unit}</td></tr>`;
  });
  const told = source === null ? "None of the sources measured this." : `The sources: ${html(source)}.`;
  return `<div class="wide"><table class="siege"><thead><tr><th></th>${heads.join("")}<th></th></tr></thead><tbody>${rows.join("")}</tbody></table></div><p class="soft">${told}</p>`;
}

function shown(value: number): string {
  return value >= 100 ? String(Math.round(value * 10) / 10) : String(Math.round(value * 1000) / 1000);
}
