import { html } from "../../model/harmless/html.ts";
import type { Report } from "./report.ts";

/** Item by item: what judges it before anything runs, which experiment, and what it found. */
export function checklistTable({ checklist, proofs }: Report): string {
  const rows = checklist.map(({ number, title, rules }) => {
    const of = proofs.filter(({ items }) => items.includes(number));
    const verdicts = of.map(
      ({ id, verdict }) => `<a href="#${html(id)}" class="${verdict.replace(" ", "-")}">${html(id)} ${verdict}</a>`,
    );
    return `<tr><td>${number}</td><td>${html(title)}</td><td>${rules.map(html).join(", ")}</td><td>${verdicts.join(", ")}</td></tr>`;
  });
  return `<section><h2>Checklist</h2><div class="wide"><table><thead><tr><th>Item</th><th>Promise</th><th>Rules of the policy pack</th><th>Experiments here</th></tr></thead><tbody>${rows.join("")}</tbody></table></div></section>`;
}
