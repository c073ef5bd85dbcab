import { above, type Alert } from "../../alert.ts";
import { METRICS } from "../../metrics.ts";
import { counting } from "../../proof.ts";
import { duration } from "../../promql/duration.ts";
import { entry } from "../../signals/entry.ts";
import type { Timing } from "../../timing.ts";
import { about } from "../outline.ts";
import { of } from "./node-proof.ts";

/** What the gateway in front of all systems answers. */
export function gatewayErrors(timing: Timing): Alert {
  const view = { where: [], window: duration(timing.rate), by: ["entrypoint"] };
  return {
    ...about("GatewayErrors", "ticket", 300),
    role: "symptom",
    ...above(entry.errorRatio.expr(view), 0.05),
    summary: "The gateway answers with errors",
    description: "{{ $value | humanizePercentage }} of the requests at {{ $labels.entrypoint }} end with a 5xx status.",
    runbook: {
      symptom: "The gateway answers with 5xx.",
      impact: "Users of one or more systems see errors.",
      diagnosis: ["kubectl get pods -A -l app.kubernetes.io/name=traefik", "kubectl get httproute -A"],
      fix: [
        "Does a service's own ErrorBudgetBurn or ServiceDown fire? Start there.",
        "Otherwise the gateway finds no backend: `kubectl describe httproute` names the reason.",
      ],
    },
    proof: {
      series: (value, every) => [
        counting(of(METRICS.entryRequests.name, { entrypoint: "web", code: "200" }), 100 * (1 - value), every),
        counting(of(METRICS.entryRequests.name, { entrypoint: "web", code: "502" }), 100 * value, every),
      ],
      labels: { entrypoint: "web" },
      settles: timing.scrape,
    },
  };
}
