import { PORT } from "../../names.ts";
import type { AnyPart } from "../../words/service.ts";
import { type AnswerPlan, planAnswers } from "../edges/answers.ts";
import { isOnKit } from "./source.ts";

/** Where Prometheus finds the figures of a program. */
export interface MetricsPlan {
  readonly port: number;
  readonly path: string;
}

/** Series by which the promise of a service is counted. */
export interface SeriesPlan {
  /** Histogram of seconds. */
  readonly seconds: string;
  /** PromQL matchers of a good answer. */
  readonly good: string;
}

/** Who counts the requests of a service: the kit, the public entry, or the program by series of its own. */
export type MeasuredPlan =
  | { readonly by: "kit" }
  | { readonly by: "gateway" }
  | ({ readonly by: "program" } & SeriesPlan);

/** The series of libraries that many programs use, as their documentation names them. */
const KNOWN: Readonly<Record<"micrometer" | "promhttp", SeriesPlan>> = {
  micrometer: { seconds: "http_server_requests_seconds", good: 'status!~"5.."' },
  promhttp: { seconds: "http_request_duration_seconds", good: 'code!~"5.."' },
};

/** Who counts for a part; null where nobody does. */
export function planMeasured(part: AnyPart): MeasuredPlan | null {
  if (part.measured === undefined) return isOnKit(part) ? { by: "kit" } : null;
  if (typeof part.measured === "string") return { by: part.measured };
  const { prometheus } = part.measured;
  return { by: "program", ...(typeof prometheus === "string" ? KNOWN[prometheus] : prometheus) };
}

/** Where a part shows figures; null where it shows none. */
export function planMetrics(part: AnyPart): MetricsPlan | null {
  if (part.kind === "job") return null;
  if (isOnKit(part)) return { port: PORT.metrics, path: "/metrics" };
  if (part.measured === undefined || typeof part.measured === "string") return null;
  const { port = httpPort(planAnswers(part)), path } = part.measured;
  return { port, path };
}

function httpPort(answers: readonly AnswerPlan[]): number {
  return answers.find(({ protocol }) => protocol === "http")?.listens ?? 0;
}
