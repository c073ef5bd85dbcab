import { PORT } from "../../names.ts";
import type { System } from "../../system.ts";
import type { AnyPart } from "../../words/service.ts";
import { answerOf, type AnswerPlan, planAnswers } from "./answers.ts";
import type { CallPlan } from "./calls.ts";
import type { TopicUse } from "../messaging.ts";
import type { OutsidePlan } from "./outside.ts";
import { standInFor } from "../stand-ins.ts";
import { isVerifier } from "../verifier.ts";
import { parseRoute } from "./route.ts";

/** Services of the same system on one port. */
export interface PortPeers {
  readonly port: number;
  readonly services: readonly string[];
}

/** Who may open a connection to this workload, and where it may connect; ports are those of pods. */
export interface NetworkPlan {
  /** Each of its ports with the services that call it. */
  readonly callers: readonly PortPeers[];
  readonly callees: readonly PortPeers[];
  /** Ports that the public entry reaches. */
  readonly fromEntry: readonly number[];
  readonly toKafka: boolean;
}

/** Whom one service asks, and by which topics. */
interface Edges {
  readonly calls: readonly CallPlan[];
  readonly topics: TopicUse;
  readonly outside: readonly OutsidePlan[];
}

/** Who stands in for its third parties is asked like a neighbour. */
function standingIn(outside: readonly OutsidePlan[]): { port: number; service: string }[] {
  return outside.flatMap(({ onDev, answeredBy }) =>
    answeredBy === null || onDev === null ? [] : [{ port: onDev.listens, service: answeredBy }],
  );
}

/** Services whose third party that service stands in for. */
function askersOf(system: System, name: string): { port: number; service: string }[] {
  return Object.entries(system.services).flatMap(([service, part]: [string, AnyPart]) =>
    Object.values(part.outside ?? {}).flatMap((written) => {
      const standIn = standInFor(system, written);
      return standIn?.name === name ? [{ port: standIn.word.listens, service }] : [];
    }),
  );
}

/** The edges of one service. */
export function planNetwork(system: System, name: string, { calls, topics, outside }: Edges): NetworkPlan {
  const part = system.services[name] as AnyPart;
  const answers = planAnswers(part);
  const callers = Object.entries(system.services).flatMap(([caller, { calls: edges = {} }]) => {
    const call = edges[name];
    const port = call && answerOf(answers, call.answer)?.listens;
    return port === undefined ? [] : [{ port, service: caller }];
  });
  return {
    callers: byPort([...callers, ...askersOf(system, name)]),
    callees: byPort([...calls.map(({ callee, port }) => ({ port, service: callee })), ...standingIn(outside)]),
    fromEntry: [...new Set([...routePorts(part, answers), ...(isVerifier(system, name) ? [PORT.http] : [])])],
    toKafka: topics.writes.length + topics.reads.length > 0,
  };
}

function byPort(edges: readonly { readonly port: number; readonly service: string }[]): PortPeers[] {
  return [...Map.groupBy(edges, ({ port }) => port)].map(([port, ends]) => ({
    port,
    services: [...new Set(ends.map(({ service }) => service))],
  }));
}

function routePorts({ routes = [] }: AnyPart, answers: readonly AnswerPlan[]): number[] {
  return routes.flatMap((route) => answerOf(answers, parseRoute(route).answer ?? undefined)?.listens ?? []);
}
