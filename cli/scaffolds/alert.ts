import { planSystem } from "../../model/plan.ts";
import { platformAlerts, systemAlerts } from "../../monitors/rules.ts";
import { TIMING } from "../../monitors/timing.ts";
import { systems } from "../../systems/index.ts";
import { camelCase, type Scaffold } from "./scaffold.ts";
import { type Existing, similarText } from "./similar.ts";

/** An alert of every system. It says nothing yet: no rules are made, and its tests fail, until it is written. */
export function alert([name = ""]: readonly string[]): Scaffold {
  const identifier = camelCase(name);
  return {
    files: { [`monitors/alerts/${name}.ts`]: source(name, identifier) },
    lists: [
      {
        path: "monitors/rules.ts",
        after: /^import .* from "\.\/alerts\//,
        line: `import { ${identifier} } from "./alerts/${name}.ts";`,
      },
      { path: "monitors/rules.ts", after: /^ {4}\.\.\.objectiveAlerts/, line: `    ${identifier}(scope),` },
    ],
    next: `${similarText(name, existing())}Say when it fires and what to do in monitors/alerts/${name}.ts, then: npm run generate && npm run check. An alert of one service alone stands in its description, under measures.`,
  };
}

function existing(): Existing[] {
  const timing = TIMING.standard;
  const ofSystems = systems.flatMap((system) =>
    systemAlerts({ plan: planSystem(system, "prod"), timing, stores: "pods" }),
  );
  const all = [...ofSystems, ...platformAlerts(timing)].map(({ name, runbook }) => ({ name, says: runbook.symptom }));
  return [...new Map(all.map((one) => [one.name, one])).values()];
}

const source = (name: string, identifier: string): string => `import { above, type Alert } from "../alert.ts";
import { example, viewOf, type Scope } from "../scope.ts";
import { LOOK_AT_SERVICE } from "./look.ts";

/** When it fires, in one sentence. */
export function ${identifier}(scope: Scope): Alert {
  const service = scope.plan.workloads[0]?.name ?? "";
  const labels = { namespace: scope.plan.name, service };
  return {
    name: "${identifier.charAt(0).toUpperCase()}${identifier.slice(1)}",
    severity: "ticket",
    role: "symptom",
    patience: 300, // seconds
    ...above(measure(viewOf(scope).where), 1),
    summary: "{{ $labels.service }} ...",
    description: "{{ $value }} ...",
    runbook: { symptom: "What is seen.", impact: "What it costs.", diagnosis: LOOK_AT_SERVICE, fix: ["What to do."] },
    proof: {
      series: (value) => [{ series: example("metric", scope, service), values: \`\${value}x800\` }],
      labels,
      settles: 0,
    },
  };
}

/** A signal of monitors/signals/, or a new one there; every metric has its line in monitors/metrics.ts. */
function measure(_where: readonly string[]): string {
  throw new Error("monitors/alerts/${name}.ts is not written yet: say what it measures");
}
`;
