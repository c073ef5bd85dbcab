import { camelCase, type Scaffold } from "./scaffold.ts";

/** An alert of every system, on a signal that exists. It is proven and has its runbook as it stands. */
export function alert([name = ""]: readonly string[]): Scaffold {
  const identifier = camelCase(name);
  return {
    files: { [`monitors/alerts/${name}.ts`]: source(identifier) },
    lists: [
      {
        path: "monitors/rules.ts",
        after: /^import .* from "\.\/alerts\//,
        line: `import { ${identifier} } from "./alerts/${name}.ts";`,
      },
      { path: "monitors/rules.ts", after: /^ {4}\.\.\.objectiveAlerts/, line: `    ${identifier}(scope),` },
    ],
    next: `Say when it fires and what to do in monitors/alerts/${name}.ts, then: npm run generate && npm run check`,
  };
}

const source = (identifier: string): string => `import { above, type Alert } from "../alert.ts";
import { METRICS } from "../metrics.ts";
import { steady } from "../proof.ts";
import { example, viewOf, type Scope } from "../scope.ts";
import { process } from "../signals/process.ts";
import { LOOK_AT_SERVICE } from "./look.ts";

/** Fires when a replica has opened nearly as many files and sockets as it may. */
export function ${identifier}(scope: Scope): Alert {
  const service = scope.plan.workloads[0]?.name ?? "";
  return {
    name: "${identifier.charAt(0).toUpperCase()}${identifier.slice(1)}",
    severity: "ticket",
    role: "symptom",
    patience: 300,
    ...above(process.files.expr(viewOf(scope)), 0.8),
    summary: "{{ $labels.service }} is about to run out of files",
    description: "{{ $labels.service }} has opened {{ $value | humanizePercentage }} of the files that it may.",
    runbook: {
      symptom: "The process holds nearly as many files and sockets as it may.",
      impact: "New connections are refused.",
      diagnosis: LOOK_AT_SERVICE,
      fix: ["Does the number grow for days? Look for connections that are opened and never closed."],
    },
    proof: {
      series: (value) => [
        steady(example(METRICS.openFiles.name, scope, service), value * 1000),
        steady(example(METRICS.maxFiles.name, scope, service), 1000),
      ],
      labels: { namespace: scope.plan.name, service },
      settles: 0,
    },
  };
}
`;
