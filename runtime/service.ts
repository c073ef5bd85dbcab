import { hostname } from "node:os";
import type { Kysely } from "kysely";
import { openDatabase } from "./database/database.ts";
import { type Call, createCall } from "./http/edge.ts";
import { type Catalogue, createCodec, type Event, type EventOf } from "./events/envelope.ts";
import { listRoutes } from "./http/route-list.ts";
import { faultRoutes } from "./http/faults.ts";
import { healthRoutes, type Phase } from "./http/health.ts";
import { endOldConnections } from "./http/connection-age.ts";
import { createHttp, type Http } from "./http/http.ts";
import { kafkaBroker } from "./events/kafka-broker.ts";
import { type KitTables, kitMigrations } from "./database/kit-tables.ts";
import { createLog, type Log } from "./process/log.ts";
import { type Loop, startLoop } from "./process/loop.ts";
import { type Messaging, startMessaging } from "./events/messaging.ts";
import { startMetrics } from "./process/metrics.ts";
import { serve } from "./http/serve.ts";
import { type Migration, migrate } from "./database/migrate.ts";
import { rebuildViews } from "./events/rebuild.ts";
import { type OwnMeasures, ownMeasures } from "./process/own-measures.ts";
import { type EdgeSettings, readSettings, type Settings } from "./process/settings.ts";
import { endOnUncaught } from "./process/stop.ts";
import { createTransact, type Transact, type Work } from "./events/unit-of-work.ts";

/** What routes and periodic jobs of a service work with. */
export interface Kit<Tables, Events extends Catalogue, Published extends keyof Events & string> {
  readonly db: Kysely<Tables>;
  readonly transact: Transact<Tables, Events, Published>;
  readonly log: Log;
  /** What the description names under `measures`. */
  readonly measures: OwnMeasures;
  /** The call over the edge to a declared callee. */
  edge(callee: string): { call: Call; settings: EdgeSettings };
}

/** A service: what it calls, stores, publishes, consumes and answers. */
export interface ServiceDefinition<Tables, Events extends Catalogue, Published extends keyof Events & string> {
  readonly calls?: readonly string[];
  readonly events: Events;
  /** The system's correlation key: a field of every event's data, and the key of every record. */
  readonly correlationKey: string;
  readonly migrations: readonly Migration[];
  readonly handlers?: {
    readonly [Name in keyof Events]?: (
      event: EventOf<Events, Name>,
      work: Work<Tables, Events, Published>,
    ) => Promise<void>;
  };
  /** Tables that hold nothing but what the events said, so that `rebuild` may empty them. */
  readonly views?: readonly string[];
  readonly every?: readonly { readonly ms: number; run(kit: Kit<Tables, Events, Published>): Promise<void> }[];
  routes(app: Http, kit: Kit<Tables, Events, Published>): void;
}

/**
 * Runs a service, or with the argument `migrate` its migrations, or with `rebuild` empties its read model, or with `routes` prints
 * what it answers, with the schemas. The only function of the kit that starts anything.
 */
export async function runService<Tables, Events extends Catalogue, Published extends keyof Events & string>(
  definition: ServiceDefinition<Tables, Events, Published>,
): Promise<void> {
  const { settings, faults } = readSettings(process.env, definition.calls ?? []);
  if (faults.length > 0) {
    process.stderr.write(
      `${settings.service || "service"}: ${faults.length} wrong settings. Fix its ConfigMap or Secret:\n${faults.map((fault) => `  ${fault}\n`).join("")}`,
    );
    process.exit(2);
  }
  const log = createLog(settings);
  endOnUncaught(log);
  try {
    if (process.argv[2] === "migrate")
      await migrate(settings.database, [...kitMigrations(settings.database.engine), ...definition.migrations], log);
    else if (process.argv[2] === "rebuild") await rebuildViews(settings, definition.views ?? [], log);
    else if (process.argv[2] === "routes") await printRoutes(definition, settings, log);
    else await start(definition, settings, log);
  } catch (error) {
    log.fatal({ err: error }, "could not start");
    process.exit(1);
  }
}

async function start<Tables, Events extends Catalogue, Published extends keyof Events & string>(
  definition: ServiceDefinition<Tables, Events, Published>,
  settings: Settings,
  log: Log,
): Promise<void> {
  const phase: Phase = { current: "starting" };
  startMetrics(settings.version);
  const db = openDatabase<Tables>(settings.database, log);
  const { transact, messaging } = startEvents(definition, settings, db, log);
  const kit = kitOf({ db, transact, log }, settings);
  const app = createApp(settings, phase, log);
  definition.routes(app, kit);
  const jobs = startJobs(definition, kit);
  await serve(app, phase, settings, {
    log,
    async finish() {
      await Promise.all(jobs.map((job) => job.stop()));
      await messaging.stop();
      await db.destroy();
    },
  });
}

/** Prints the routes as JSON; nothing is connected or listened to. */
async function printRoutes<Tables, Events extends Catalogue, Published extends keyof Events & string>(
  definition: ServiceDefinition<Tables, Events, Published>,
  settings: Settings,
  log: Log,
): Promise<void> {
  const db = openDatabase<Tables>(settings.database, log);
  const codec = createCodec(definition.events, definition.correlationKey);
  const transact = createTransact<Tables, Events, Published>(db, codec, () => undefined);
  const app = createHttp({ version: settings.version, pod: hostname() }, log, () => false);
  const routes = listRoutes(app);
  definition.routes(app, kitOf({ db, transact, log }, settings));
  process.stdout.write(`${JSON.stringify(routes)}\n`);
  await db.destroy();
}

function kitOf<Tables, Events extends Catalogue, Published extends keyof Events & string>(
  parts: Pick<Kit<Tables, Events, Published>, "db" | "transact" | "log">,
  settings: Settings,
): Kit<Tables, Events, Published> {
  const edges = new Map(
    settings.edges.map((edge) => [edge.callee, { call: createCall(edge, parts.log), settings: edge }]),
  );
  return { ...parts, measures: ownMeasures, edge: (callee) => edgeOf(edges, callee) };
}

/** What the service says and hears: transactions that emit, and the handlers of what others say. */
function startEvents<Tables, Events extends Catalogue, Published extends keyof Events & string>(
  definition: ServiceDefinition<Tables, Events, Published>,
  settings: Settings,
  db: Kysely<Tables>,
  log: Log,
): { transact: Transact<Tables, Events, Published>; messaging: Messaging } {
  const codec = createCodec(definition.events, definition.correlationKey);
  const transact = createTransact<Tables, Events, Published>(db, codec, () => messaging.wakeRelay());
  type Handler = (event: Event, work: Work<Tables, Events, Published>) => Promise<void>;
  // By names that come from foreign records: an object would also know "constructor".
  const handlers = new Map(Object.entries(definition.handlers ?? {}) as readonly (readonly [string, Handler])[]);
  const messaging = startMessaging(
    {
      db: db as unknown as Kysely<KitTables>,
      broker: kafkaBroker(settings.kafka, settings.service, log),
      codec,
      service: settings.service,
      log,
      handles: (eventType) => handlers.has(eventType),
      apply: (event, first) =>
        transact(async (work) => {
          if (!(await first(work.tx as unknown as Kysely<KitTables>))) return "duplicate";
          await handlers.get(event.eventType)?.(event, work);
          return "handled";
        }),
    },
    settings.kafka,
  );
  return { transact, messaging };
}

function startJobs<Tables, Events extends Catalogue, Published extends keyof Events & string>(
  definition: ServiceDefinition<Tables, Events, Published>,
  kit: Kit<Tables, Events, Published>,
): readonly Loop[] {
  const onError = (error: unknown) => kit.log.warn({ err: error }, "periodic work failed");
  return (definition.every ?? []).map(({ ms, run }) =>
    startLoop(
      async () => {
        await run(kit);
        return "wait";
      },
      { everyMs: ms, maxPauseMs: 60_000, onError },
    ),
  );
}

function createApp(settings: Settings, phase: Phase, log: Log): Http {
  const app = createHttp({ version: settings.version, pod: hostname() }, log, () => phase.current === "stopping");
  endOldConnections(app);
  healthRoutes(app, phase);
  if (settings.faultsEnabled) faultRoutes(app);
  return app;
}

function edgeOf(edges: ReadonlyMap<string, { call: Call; settings: EdgeSettings }>, callee: string) {
  const edge = edges.get(callee);
  if (edge === undefined) throw new Error(`${callee} is called but not listed under calls`);
  return edge;
}
