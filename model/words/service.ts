import type { Access } from "./access.ts";
import type { Answer, Health } from "./answer.ts";
import type { Declined } from "./declined.ts";
import type { Call, Outside } from "./edge.ts";
import type { Measure } from "./measure.ts";
import type { Measured, Objective, Share, Tier } from "./promise.ts";
import type { Source } from "./source.ts";
import type { Folder, Migration, Use } from "./store.ts";
import type { File, Value } from "./value.ts";

/** What one replica needs to do its work; defaults in `defaults.ts`. */
export interface Needs {
  readonly cpu?: string;
  readonly memory?: string;
  /** Longest time from its start until it can take work, such as "3m"; nothing restarts it meanwhile. */
  readonly startsWithin?: string;
  /** Longest time from the stop signal until it has ended its work; default 20 s, or as long as somebody may wait for its answer. */
  readonly stopsWithin?: string;
  /** Folders that it writes to beside /tmp; emptied with the pod. */
  readonly writes?: readonly string[];
  /** User id it runs as, never 0; default 10001, whatever the image says. */
  readonly user?: number;
}

/** A second program in the same pod. */
export interface Beside<O extends string = string> {
  readonly from: Source;
  readonly run?: readonly string[];
  /** Why it cannot be a service. */
  readonly reason: string;
  readonly reads?: { readonly [variable in string]: Value<O> };
}

/** A right in the cloud that no `uses` gives. */
export interface Right {
  readonly actions: readonly string[];
  /** Resource it is about, as an ARN; no star alone. */
  readonly on: string;
  readonly reason: string;
}

/** How many replicas: up to `max`, added at a use of the CPU; or one, and why never two. */
export type Scale = { readonly max?: number; readonly cpuPercent?: number } | { readonly one: string };

/** What others may reach through the public entry. */
export interface PublicPath {
  /** "/orders" for every method, "GET /payments" for one; "/" for everything that no other route takes. */
  readonly path: string;
  /** Who may call it; there is no default. */
  readonly access: Access;
  /** Name in front of the system's own domain; default the domain itself. */
  readonly host?: string;
  /** What the program sees instead of the path. */
  readonly as?: string;
  /** Which of its answers; default its first. */
  readonly answer?: string;
}

/** What every kind of workload says. `S` are the services, `E` the events, `D` the stores of the system. */
interface Workload<S extends string, E extends string, D extends string> {
  /** One sentence: what it decides or keeps. */
  readonly purpose: string;
  readonly tier: Tier;
  /** Default: `services/<name>.ts` on the kit, beside the description. */
  readonly from?: Source;
  /** Other program and arguments than the image's own. */
  readonly run?: readonly string[];
  /** Team that answers for it; default the system's. */
  readonly owner?: string;
  /** Variables of its own. */
  readonly reads?: { readonly [variable in string]: Value<S | D | "self" | `outside/${string}`> };
  /** Files by their paths in the container. */
  readonly files?: { readonly [path in string]: File };
  /** Who it asks and waits for. */
  readonly calls?: { readonly [callee in S]?: Call };
  readonly outside?: { readonly [name in string]: Outside };
  readonly publishes?: readonly E[];
  readonly consumes?: readonly E[];
  readonly uses?: { readonly [store in D]?: Use };
  readonly migration?: Migration;
  readonly needs?: Needs;
  /** Where its traces go: it sends OpenTelemetry or Zipkin, or none. Default "none". */
  readonly traces?: "otlp" | "zipkin" | "none";
  readonly mayAlso?: readonly Right[];
}

/** Of what runs all the time: health, replicas, measures. */
interface Running<S extends string, E extends string, D extends string> extends Workload<S, E, D> {
  /** Default "kit" on the kit; any other says it. */
  readonly health?: Health;
  readonly scale?: Scale;
  readonly folder?: Folder;
  readonly beside?: { readonly [name in string]: Beside<S | D | "self" | `outside/${string}`> };
  /** Measures of its own by their names in PascalCase, such as OrdersWaiting: panels, alerts and runbooks follow from them. */
  readonly measures?: { readonly [name in string]: Measure };
}

/** Answers calls. */
export interface Service<S extends string = string, E extends string = string, D extends string = string>
  extends Running<S, E, D> {
  readonly kind?: "service";
  /** What it answers, by names of its own; on the kit HTTP on 8080. */
  readonly answers?: { readonly [name in string]: Answer };
  readonly slo: Objective | Declined;
  /** Where its promise is counted; default by the kit. */
  readonly measured?: Measured;
  readonly routes?: readonly PublicPath[];
  /** Why a client must stay with one replica. */
  readonly sticky?: string;
}

/** Takes work from a topic or by itself, and answers nobody. */
export interface Worker<S extends string = string, E extends string = string, D extends string = string>
  extends Running<S, E, D> {
  readonly kind: "worker";
  readonly slo: { readonly freshness: Share } | Declined;
}

/** Runs to its end, again and again. */
export interface Job<S extends string = string, E extends string = string, D extends string = string>
  extends Workload<S, E, D> {
  readonly kind: "job";
  /** "every 5 minutes", "every day at 03:15", "every monday at 6:00", or "when asked". UTC. */
  readonly runs: string;
  readonly endsWithin: string;
  /** What happens when a run is due while the last one still runs. */
  readonly overlap: "skip" | "replace" | "allow";
  /** Somebody hears of it when the last good run is older than this. */
  readonly freshWithin: string | Declined;
}

/** Everything a system runs. */
export type Part<S extends string = string, E extends string = string, D extends string = string> =
  | Service<S, E, D>
  | Worker<S, E, D>
  | Job<S, E, D>;

type KeyOf<U> = U extends unknown ? keyof U : never;
type In<U, K extends PropertyKey> = U extends unknown ? (K extends keyof U ? U[K] : undefined) : never;
type Common = Workload<string, string, string>;

/** Any part with the words of all kinds, absent where its kind has none: what checks and plans look at. */
export type AnyPart = Common & {
  readonly [K in Exclude<KeyOf<Part>, keyof Common>]?: In<Part, K> | undefined;
};
