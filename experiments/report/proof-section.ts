import { html } from "../../model/harmless/html.ts";
import type { ProofReport, RunReport } from "./report.ts";
import { siegeTable } from "./siege-table.ts";

/** One experiment: what was believed, what was measured, what the control shows, and its charts. */
export function proofSection(proof: ProofReport): string {
  const { id, title, verdict, reason, hypothesis, runs } = proof;
  const charts = runs.map((_, index) => chartsOf(id, `run ${index + 1}`, String(index)));
  const control = "run" in proof.control && proof.control.run ? [chartsOf(id, "control", "control")] : [];
  return `<section id="${html(id)}"><h2>${html(id)} ${html(title)} <span class="${verdict.replace(" ", "-")}">${verdict}</span></h2>
<p>${html(hypothesis)}</p><p><b>${html(reason)}</b></p>
${runs.length === 0 ? "" : thresholdTable(runs)}
<p>${controlText(proof)}</p>
${runs.length === 0 ? "" : siegeTable(proof)}
${[...charts.slice(0, 1), ...control, ...charts.slice(1)].join("\n")}
</section>`;
}

function chartsOf(id: string, name: string, run: string): string {
  return `<details${run === "0" || run === "control" ? " open" : ""}><summary>${html(name)}</summary><div class="charts" data-proof="${html(id)}" data-run="${run}"></div></details>`;
}

function thresholdTable(runs: readonly RunReport[]): string {
  const rows = (runs[0]?.judged ?? []).map(({ figure, holds, limit, unit, why }) => {
    const of = runs.map(({ judged }) => judged.find((other) => other.figure === figure));
    const values = of.flatMap((judged) => judged?.measured ?? []).toSorted((a, b) => a - b);
    const middle = values[Math.floor(values.length / 2)];
    const spread = [values[0], middle, values.at(-1)]
      .map((value) => `<td class="number">${shown(value)}</td>`)
      .join("");
    const kept = of.every((judged) => judged?.kept);
    return `<tr><td>${html(figure)}</td><td>${holds} ${limit} ${html(unit)}</td>${spread}<td class="${kept ? "pass" : "fail"}">${kept ? "kept" : "missed"}</td><td>${html(why)}</td></tr>`;
  });
  return `<div class="wide"><table><thead><tr><th>Figure</th><th>Wanted</th><th class="number">Least</th><th class="number">Middle</th><th class="number">Most</th><th></th><th>Because</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

function controlText({ control }: ProofReport): string {
  if ("declined" in control) return `No control: ${html(control.declined)}`;
  const outcome = control.failed ? "fails, as it has to" : "does not fail as it has to";
  return `Control without ${html(control.off)}: ${control.run === null ? "not run" : `${outcome} (${html(control.told)})`}`;
}

function shown(value: number | undefined): string {
  return value === undefined ? "not measured" : String(Math.round(value * 100) / 100);
}
