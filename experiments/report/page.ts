import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { html } from "../../model/harmless/html.ts";
import { checklistTable } from "./checklist-table.ts";
import { proofSection } from "./proof-section.ts";
import type { Report } from "./report.ts";

const require = createRequire(import.meta.url);
const uplot = (file: string) => readFileSync(require.resolve(`uplot/dist/${file}`), "utf8");
const beside = (file: string) => readFileSync(new URL(`browser/${file}`, import.meta.url), "utf8");

/** Nothing is fetched from anywhere: what the page needs is in it. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:";

/** The report as one page that works by itself: offline, light and dark, on paper and on a phone. Without scripts it lacks only its charts. */
export function page(report: Report, worse: readonly string[] | null): string {
  const { circumstances, proofs } = report;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>Proof of ${html(circumstances.system)}</title>
<style>${uplot("uPlot.min.css")}
${beside("page.css")}</style>
</head>
<body>
<header><h1>Proof of ${html(circumstances.system)}</h1><p>${counts(report)}</p></header>
<main>
${summary(report)}
${worse === null ? "" : worsened(worse)}
${proofs.map(proofSection).join("\n")}
${checklistTable(report)}
${versions(report)}
</main>
<script type="application/json" id="report">${asData(report)}</script>
<script>${uplot("uPlot.iife.min.js")}</script>
<script>${beside("page.js")}</script>
</body>
</html>
`;
}

function counts({ proofs, circumstances: { startedAt, cluster, stack } }: Report): string {
  const by = Map.groupBy(proofs, ({ verdict }) => verdict);
  const told = [...by].map(([verdict, of]) => `<b class="${verdict.replace(" ", "-")}">${of.length} ${verdict}</b>`);
  const when = startedAt.slice(0, 16).replace("T", " ");
  return `${told.join(" · ")} · stack ${html(stack)} on cluster ${html(cluster)} · ${when} UTC`;
}

function summary({ proofs }: Report): string {
  const rows = proofs.map(({ id, title, verdict, reason, boundPercent }) => {
    const bound = boundPercent === null ? "" : `fewer than ${boundPercent.toFixed(3)} % fail (95 %)`;
    return `<tr><td><a href="#${html(id)}">${html(id)}</a></td><td class="${verdict.replace(" ", "-")}">${verdict}</td><td>${html(title)}</td><td>${html(reason)}</td><td>${bound}</td></tr>`;
  });
  return `<section><h2>Experiments</h2><div class="wide"><table><thead><tr><th>Id</th><th>Verdict</th><th>What is proved</th><th>Why</th><th>Bound</th></tr></thead><tbody>${rows.join("")}</tbody></table></div>
<p class="soft">Invalid: it was run and shows nothing either way. No failure among N requests says only that fewer than 3/N fail, 95 times of 100.</p></section>`;
}

function worsened(worse: readonly string[]): string {
  if (worse.length === 0) return "<section><h2>Against the earlier report</h2><p>Nothing got worse.</p></section>";
  return `<section><h2>Worse than in the earlier report</h2><ul>${worse.map((line) => `<li>${html(line)}</li>`).join("")}</ul></section>`;
}

function versions({ circumstances: { machine, images, commit, endedAt } }: Report): string {
  const rows = Object.entries({ ...machine, commit: commit ?? "unknown", ended: endedAt, ...images }).map(
    ([name, value]) => `<tr><td>${html(name)}</td><td><code>${html(value)}</code></td></tr>`,
  );
  return `<section><h2>Versions</h2><div class="wide"><table><tbody>${rows.join("")}</tbody></table></div></section>`;
}

/** JSON that no text inside it can end. */
function asData({ proofs }: Report): string {
  const charted = proofs.map(({ id, runs, control }) => ({ id, runs, control: "run" in control ? control.run : null }));
  return JSON.stringify(charted).replaceAll("<", "\\u003c");
}
