/** Which test shows each checklist item on running code, and what of its pass line no test shows yet. */

/** A test by its file and title, where `…` stands for what the title computes; a benchmark has no title. */
export interface Proof {
  readonly file: string;
  readonly title?: string;
}
export interface Proven {
  readonly by: readonly Proof[];
  readonly missing?: string;
}

const at =
  (file: string) =>
  (title: string): Proof => ({ file, title });
const live = at("test/launch.live.test.ts");
const starting = at("test/live/starting.ts");
const outages = at("test/live/outages.ts");
const edges = at("test/live/edges.ts");
const canceling = at("test/live/canceling.ts");
const rollouts = at("test/live/rollouts.ts");
const checklist = at("test/live/checklist.ts");
const closed = at("test/live/closed.ts");
const access = at("test/live/systems/hospital-access.ts");
const load = at("test/live/under-load.ts");
const prod = at("test/prod-plan.test.ts");
const cluster = at("toolchain/cluster/cluster.live.test.ts");
const network = at("toolchain/cluster/network-policy.live.test.ts");
const services = at("systems/fishdelivery/services/services.test.ts");
const states = at("systems/fishdelivery/services/states.test.ts");
const edge = at("runtime/http/edge.test.ts");
const http = at("runtime/http/http.test.ts");
const messaging = at("runtime/events/messaging.test.ts");

const STARTS = starting("comes up with one command, delivers an order and shows its events in their order");
const PAYMENT_DOWN = outages(
  "answers 503 with Retry-After and makes no order while payment is down, and recovers by itself",
);
const DELIVERY_DOWN = outages("delivers later what was ordered while delivery was down, and nothing twice");
const STORE_DELETED = outages("loses no accepted order when the … pod is deleted");
const ROLLOUT = rollouts("rolls out … without a failed request");
const BAD_VERSION = live("keeps the old version serving when a new one never becomes ready, and says why");
const CANCELED = canceling("takes an order back everywhere when it is canceled in state …");
const ROUTES = closed("leads to nothing but the declared routes");
const never = (missing: string): Proven => ({ by: [], missing });

// biome-ignore format: one item a line
export const PROOFS: Readonly<Record<number, Proven>> = {
  1: { by: [checklist("restarts a container that hangs, and no other")] },
  2: { by: [PAYMENT_DOWN, services("makes no order when payment declines, is slow, or is down, and recovers by itself"), edge("ends at the time-out, opens the circuit after enough failures, and then asks the callee no more"), edge("closes the circuit again when the callee has recovered")], missing: "the same under load" },
  3: { by: [edge("refuses more calls at once than the bulkhead holds, without opening the circuit"), load("limits what one client may ask, and says when to come back")], missing: "a second client meanwhile" },
  4: { by: [load("adds replicas under load, and fails no request meanwhile")], missing: "back to the minimum after the window" },
  5: { by: [http("counts requests by route pattern and status, probes not"), { file: "bench/monitors-live.ts" }, at("cli/dashboards/dashboards.test.ts")("draws every panel of a dashboard in a browser")] },
  6: { by: [at("monitors/promtool.test.ts")("finds every alert firing, silent and patient where it should be"), at("test/monitoring.live.test.ts")("tells once that it is broken and once that it is over: a dead service, errors, slowness and lag of four services")] },
  7: { by: [ROLLOUT, BAD_VERSION] },
  8: { by: [ROLLOUT, BAD_VERSION], missing: "the control run without a readiness probe" },
  9: { by: [at("model/plan/edges/contracts.test.ts")("are the same on both ends of a call and of an event"), at("model/plan/edges/contracts.test.ts")("have another version as soon as a field changes, and the same when fields are only moved")], missing: "two versions of one service against each other" },
  10: { by: [ROLLOUT] },
  11: { by: [prod("shows no password, neither in the plan nor in JSON, Markdown, text or record"), at("cli/preview/preview-plan.test.ts")("never shows a secret: not in JSON, Markdown, text or record"), cluster("stores secrets encrypted")], missing: "rotation" },
  12: { by: [STORE_DELETED, live("keeps its data over down and up"), cluster("keeps a volume's data when its pod is deleted")] },
  13: { by: [STARTS, edges("lets only declared edges through"), cluster("leads requests to its HTTP entry through a Gateway's routes"), ROUTES], missing: "http becomes https" },
  14: { by: [access("asks everybody who they are, whatever the way to a route"), access("lets in who has the scope of the route, and nobody with another one"), access("believes no token that has ended, is for others, of others, or lives for a day, whoever signed it"), access("believes nobody who only says who he is, with a token or without"), access("lets nobody in while nobody can check tokens, says so at once, and lets them in again by itself"), access("goes on while the issuer changes its key, and believes both until the old one is taken away")], missing: "fishdelivery, cleanmall and date-course, which are open" },
  15: { by: [prod("keeps every mandatory rule of the policy pack"), at("cli/check.test.ts")("ends with 0 when clean, 1 with findings, 2 when something cannot be read"), at("toolchain/image-build/image-build.test.ts")("gives the same image, bit by bit, from the same files")] },
  16: { by: [CANCELED, services("takes an order back everywhere when the store refuses it, and when the delivery fails"), states("end the same in whatever order and however often the news arrives")] },
  17: { by: [messaging("keeps the order of a key: what comes behind a parked event of the same topic waits behind it"), states("has the correlation key in every event"), services("keeps a hundred orders apart that are under way at once")] },
  18: { by: [services("shows my pages while all others are down, and the same again when they are built anew from the events")] },
  19: { by: [DELIVERY_DOWN, services("delivers once what was prepared while delivery was down")] },
  20: { by: [services("starts each delivery once while replicas come, share the work and die")] },
  21: never("no system adapts its memory yet"),
  22: { by: [services("delivers an order, shows it on my page, and refuses to cancel it afterwards"), CANCELED], missing: "a second runtime" },
  23: { by: [PAYMENT_DOWN, DELIVERY_DOWN] },
  24: { by: [services("loses no accepted order when order is killed in the middle of its work")], missing: "1,000 commands" },
  25: { by: [load("gives up one pod of a service at a time for a drain, and fails no request meanwhile")], missing: "one of several nodes" },
  26: { by: [STORE_DELETED] },
  27: { by: [closed("runs nothing that admission would not refuse: no root, no writable image")] },
  28: { by: [edges("lets only declared edges through"), network("let a pod that is not on the list time out, and the node's probes through")] },
  29: never("no system asks for a mesh yet"),
  30: never("failover and restore of RDS, which need an AWS account"),
  31: { by: [STORE_DELETED], missing: "one of several brokers, 1,000 sagas" },
  32: { by: [cluster("comes back with its data after the machine went down without a word")], missing: "one of several nodes" },
  33: { by: [closed("answers a query by label with everything that was declared, and keeps nothing in the default namespace")] },
  34: { by: [http("has no fault switches unless they are enabled"), ROUTES] },
  35: { by: [STARTS, ROLLOUT, at("runtime/database/migrate.test.ts")("may be laid out anew but not changed once applied")] },
  36: { by: [STARTS], missing: "the version that prod runs" },
  37: { by: [STARTS] },
  38: { by: [ROLLOUT, http("is not ready while stopping but still alive, answers, and lets connections go"), load("answers a request of five seconds although its pod is told to stop")] },
  39: { by: [messaging("publishes what was committed, in order, once, with the key and the event's id"), messaging("publishes nothing of work that was rolled back"), messaging("applies the same event once, however often it arrives")] },
  40: { by: [at("components/observability/mail-sink/mail-sink.test.ts")("raises the alarm once when the heartbeat stops, and says when it is back"), at("test/monitoring.live.test.ts")("keeps its history and its silences when its pods are deleted")] },
};
