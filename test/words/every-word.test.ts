import assert from "node:assert/strict";
import { mermaid } from "../../cli/pages/system/mermaid.ts";
import { systemPage } from "../../cli/pages/systems.ts";
import { checkSystem } from "../../model/check.ts";
import { TOKEN } from "../../model/names.ts";
import { planSystem, type SystemPlan } from "../../model/plan.ts";
import type { WorkloadPlan } from "../../model/plan/workload.ts";
import { STAGES, type Stage } from "../../model/stage.ts";
import { DESCRIPTION } from "../../model/structure/description.ts";
import { everyWord, type WordPlace } from "../../model/structure/every-word.ts";
import type { Shape } from "../../model/structure/shape.ts";
import type { System } from "../../model/system.ts";
import { closedSystem, everyForeignWordSystem } from "./every-foreign-word.ts";
import { everyWordSystem } from "./every-word.ts";
import { planned, registered } from "../golden.ts";
import { mandatoryFindings } from "../judged.ts";

type Node = Record<string, unknown>;

/** Between them every word stands once with a value that is not its default. */
const SYSTEMS: readonly System[] = [
  everyWordSystem,
  everyForeignWordSystem,
  closedSystem,
] as unknown as readonly System[];

/** What is made of a description and read by others. */
const VIEWS: Readonly<Record<string, (system: System, plan: SystemPlan) => string>> = {
  plan: (_, plan) => JSON.stringify(plan),
  picture: (_, plan) => mermaid(plan),
  page: systemPage,
};

/** A picture shows who does what with whom; how much, in which form, and what is not done stands on the page around it. */
const NOT_DRAWN = [
  ...["correlationKey", "partitions", "data", "contract", "events declined", "freshWithin", "overlap"],
  ...["maxConcurrent", "keptBy", "slow", "scale", "needs", "folder keeps", "owner", "pool", "migration", "extensions"],
  ...["from", "run", "health", "measured", "measures", "traces", "reads", "files", "beside", "mayAlso", "listens"],
  ...["onDev"],
  ...["user", "password", "stores database", "calls answer", "routes answer", "answers open", "access", "signIn"],
];
const drawn = ({ path }: WordPlace): boolean =>
  !NOT_DRAWN.some((words) => words.split(" ").every((word) => path.includes(word)));

/** Other right values of a word that are not simply a little more, another word of a few, or nothing at all. */
const OTHER: Readonly<Record<string, unknown>> = {
  name: "other",
  owner: "other-team",
  correlationKey: "amount",
  within: "500ms",
  timeout: "300ms",
  size: "3Gi",
  path: "/other",
  cpu: "250m",
  memory: "320Mi",
  maxBody: "16Ki",
  metric: "other_total",
  limit: { above: 99 },
  lasting: "7m",
  fix: ["look"],
  access: { signedIn: ["others:read"] },
  "signIn.issuer.answer": "admin",
  signedIn: ["others:read"],
  audience: "others",
  service: "visits",
  keys: "/other",
  routes: [{ path: "/others", access: "anyone" }],
  publishes: ["Paid", "Refunded", "Archived"], // taken over from another service: every event keeps one producer
  properties: { orderId: {}, amount: {}, tip: {} },
  request: { properties: { tip: {} } },
  response: { properties: { tip: {} } },
  undoneBy: { declined: "never mind" },
  slo: { declined: "never mind" },
  runs: "every 30 minutes",
  endsWithin: "3m",
  freshWithin: "2h",
  freshness: { percent: 96, within: "60s" },
  startsWithin: "3m",
  stopsWithin: "40s",
  from: { build: "./other" },
  "files.*.from": "other.csv",
  health: { declined: "never mind" },
  build: "./other",
  dockerfile: "Otherfile",
  image: `example.com/other:1@sha256:${"1".repeat(64)}`,
  make: "other {reference}",
  watches: ["other/**"],
  kit: "services/other.ts",
  run: ["other"],
  host: "other.example.com",
  existing: "other-queue",
  database: "other",
  user: "other",
  password: "other-password",
  secret: "other-key",
  of: "stock",
  fact: "host",
  template: ["a", "b", "c", "d"],
  values: [{ secret: "queue-key" }, { secret: "queue-key" }, { secret: "queue-key" }],
  text: "other",
  ready: "/other",
  alive: "/other",
  command: ["other"],
  prometheus: { seconds: "other_seconds", good: 'status="ok"' },
  seconds: "other_seconds",
  good: 'status="ok"',
  actions: ["s3:ListBucket"],
  on: "arn:aws:s3:::other-pictures",
  writes: ["/other"],
  as: "/other",
  answer: "http",
  keptBy: { declined: "never mind" },
  settings: { OTHER_TIMEOUT: "timeoutMs" },
};

/** Words whose values cannot change alone, for they decide which others stand beside them; and those that stand elsewhere in the same form. */
const LEFT_OUT =
  /^(entry$|services\.\*\.(kind$|migration\.image\.|beside\.\*\.(from|reads)\.|outside\.\*\.onDev\.from\.))/;

function others({ path, shape }: WordPlace, value: unknown): unknown[] {
  const word = [path.slice(-3).join("."), path.at(-1) ?? ""].find((name) => name in OTHER);
  if (word !== undefined && value !== OTHER[word]) return [OTHER[word], undefined];
  if (shape.form === "choice") return shape.words.length > 1 ? shape.words.filter((one) => one !== value) : [undefined];
  if (shape.form === "number") return [Number(value) + 1, Number(value) - 1];
  if (shape.form === "sentence") return [`${String(value)} still`];
  return [shape.form === "flag" ? value !== true : undefined];
}

/** Every object in which a word stands, with its name there; `*` is each entry. */
function places(value: unknown, [word = "", ...rest]: readonly string[]): (readonly [Node, string])[] {
  if (typeof value !== "object" || value === null) return [];
  const node = value as Node;
  const names = word === "*" ? Object.keys(node) : Object.hasOwn(node, word) ? [word] : [];
  return names.flatMap((name) => (rest.length === 0 ? [[node, name] as const] : places(node[name], rest)));
}

/** A description with one word changed, where it can be changed alone. */
function changed(word: WordPlace): { readonly from: System; readonly to: System } {
  for (const from of SYSTEMS)
    for (const [index, [node, name]] of places(from, word.path).entries())
      for (const value of others(word, node[name])) {
        const to = structuredClone(from);
        const [place, key] = places(to, word.path)[index] ?? [{}, ""];
        if (value === undefined) delete place[key];
        else place[key] = value;
        if (key === "publishes") Object.assign(to.services["order"] ?? {}, { publishes: ["Placed", "Canceled"] });
        if (checkSystem(to).length === 0) return { from, to };
      }
  assert.fail(`no other right value is known for ${word.path.join(".")}; add one to OTHER`);
}

/** Words that hold a value, and tables of values; the others hold words. Each once, however many forms share it. */
const words = everyWord(DESCRIPTION)
  .filter(
    ({ shape, optional }) => shape.form !== "group" && (shape.form !== "table" || (optional && isLeaf(shape.each))),
  )
  .filter(({ path }, index, all) => all.findIndex((other) => other.path.join() === path.join()) === index)
  .filter(({ path }) => !LEFT_OUT.test(path.join(".")));

function isLeaf(shape: Shape): boolean {
  return shape.form === "text" || (shape.form === "either" && shape.of.some((one) => one.form !== "group"));
}

/** What the pack sees of a plan; that it does is held below. Events are seen as their topics, and in the catalogue. */
function shown({ messaging, ...plan }: SystemPlan): object {
  return { ...plan, topics: messaging.topics };
}

/** What is registered of it. */
function seen(system: System, stage: Stage, recorded: Awaited<ReturnType<typeof registered>>): object {
  const plansOf = (...tokens: readonly string[]) =>
    recorded.flatMap(({ type, inputs }) => (tokens.includes(type) ? [Reflect.get(Object(inputs), "plan")] : []));
  const workloads = plansOf(TOKEN.microservice, TOKEN.scheduledJob) as readonly WorkloadPlan[];
  const order = planSystem(system, stage).workloads.map(({ name }) => name);
  return {
    ...(plansOf(TOKEN.system)[0] as object),
    workloads: workloads.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name)),
  };
}

/** A system as it is shown; planned once. */
function views(system: System): ReadonlyMap<string, string> {
  const plan = planSystem(system, "prod");
  return new Map([
    ...Object.entries(VIEWS).map(([view, show]) => [view, show(system, plan)] as const),
    ["pack", JSON.stringify(shown(plan))],
  ]);
}

describe("every word of a description", function () {
  this.timeout(60_000);
  const before = new Map(SYSTEMS.map((system) => [system, views(system)]));

  it("stands in one of the examples that are changed below, which are right", () => {
    const missing = words.filter(({ path }) => SYSTEMS.every((system) => places(system, path).length === 0));
    assert.deepEqual(
      missing.map(({ path }) => path.join(".")),
      [],
    );
    for (const system of SYSTEMS) assert.deepEqual(checkSystem(system), []);
  });

  for (const system of SYSTEMS)
    for (const stage of STAGES) {
      let recorded: ReturnType<typeof registered> | undefined;
      const once = () => (recorded ??= registered({ system, stage }));

      it(`is registered for the pack as it is planned: ${system.name} on ${stage}`, async () => {
        assert.deepEqual(seen(system, stage, await once()), JSON.parse(JSON.stringify(shown(planned(system, stage)))));
      });

      it(`can be deployed: but for the one writer of a volume, no mandatory rule refuses ${system.name} on ${stage}`, async () => {
        const findings = mandatoryFindings(await once(), stage);
        const refused = findings.filter((finding) => !/^(replica-floor|rolling-update) words-receipt /.test(finding));
        assert.deepEqual(refused, []);
      });
    }

  for (const word of words) {
    const told = [...Object.keys(VIEWS), "pack"].filter((view) => view !== "picture" || drawn(word));
    it(`${word.path.join(".")} reaches the ${told.join(", the ")}`, async () => {
      const { from, to } = changed(word);
      const after = views(to);
      const silent = told.filter((view) => after.get(view) === before.get(from)?.get(view));
      if (silent.join() === "pack")
        assert.notEqual(await catalogue(to), await catalogue(from)); // an event: not in the plan that is registered
      else assert.deepEqual(silent, []);
    });
  }
});

/** Everything that is registered. */
async function catalogue(system: System): Promise<string> {
  return JSON.stringify(await registered({ system, stage: "dev" }));
}
