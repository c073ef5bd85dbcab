import assert from "node:assert/strict";
import { mermaid } from "../cli/pages/mermaid.ts";
import { systemPage } from "../cli/pages/systems.ts";
import { checkSystem } from "../model/check.ts";
import { planSystem } from "../model/plan.ts";
import { STAGES } from "../model/stage.ts";
import { DESCRIPTION } from "../model/structure/description.ts";
import { everyWord, type WordPlace } from "../model/structure/every-word.ts";
import type { System } from "../model/system.ts";
import { everyWordSystem } from "./every-word.ts";
import { registered } from "./golden.ts";
import { mandatoryFindings } from "./judged.ts";

type Node = Record<string, unknown>;

/** What is made of a description and read by others. The pack sees what is registered. */
const VIEWS: Readonly<Record<string, (system: System) => string | Promise<string>>> = {
  plan: (system) => JSON.stringify(planSystem(system, "dev")),
  picture: (system) => mermaid(planSystem(system, "dev")),
  page: systemPage,
  pack: async (system) => JSON.stringify(await registered({ system, stage: "dev" })),
};

/** A picture shows who does what with whom; how much, in which form, and what is not done stands on the page around it. */
const NOT_DRAWN = [
  "correlationKey",
  "partitions",
  "data",
  "contract",
  "maxConcurrent",
  "scale",
  "needs",
  "measures",
  "events declined",
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
  routes: ["/others"],
  publishes: ["Paid", "Refunded", "Archived"], // taken over from another service: every event keeps one producer
  properties: { orderId: {}, amount: {}, tip: {} },
  request: { properties: { tip: {} } },
  response: { properties: { tip: {} } },
  undoneBy: { declined: "never mind" },
  slo: { declined: "never mind" },
};

function others({ path, shape }: WordPlace, value: unknown): unknown[] {
  const word = path.at(-1) ?? "";
  if (word in OTHER) return [OTHER[word]];
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

/** The description with one word changed, where it can be changed alone. */
function changed(word: WordPlace): System {
  for (const [index, [node, name]] of places(everyWordSystem, word.path).entries()) {
    for (const value of others(word, node[name])) {
      const copy = structuredClone(everyWordSystem) as System;
      const [place, key] = places(copy, word.path)[index] ?? [{}, ""];
      if (value === undefined) delete place[key];
      else place[key] = value;
      if (key === "publishes") Object.assign(copy.services["order"] ?? {}, { publishes: ["Placed", "Canceled"] });
      if (checkSystem(copy).length === 0) return copy;
    }
  }
  assert.fail(`no other right value is known for ${word.path.join(".")}; add one to OTHER`);
}

const words = everyWord(DESCRIPTION).filter(({ shape }) => shape.form !== "group" && shape.form !== "table");

describe("every word of a description", function () {
  this.timeout(60_000);
  const before = new Map<string, string>();

  it("stands in the example that is changed below, which is right", async () => {
    const missing = words.filter(({ path }) => places(everyWordSystem, path).length === 0);
    assert.deepEqual(missing, []);
    assert.deepEqual(checkSystem(everyWordSystem), []);
    for (const [view, show] of Object.entries(VIEWS)) before.set(view, await show(everyWordSystem));
  });

  for (const stage of STAGES)
    it(`can be deployed on ${stage}: but for the one writer of a volume, no mandatory rule refuses it`, async () => {
      const findings = mandatoryFindings(await registered({ system: everyWordSystem, stage }), stage);
      const refused = findings.filter((finding) => !/^(replica-floor|rolling-update) words-receipt /.test(finding));
      assert.deepEqual(refused, []);
    });

  for (const word of words) {
    const views = Object.entries(VIEWS).filter(([view]) => view !== "picture" || drawn(word));
    it(`${word.path.join(".")} reaches the ${views.map(([view]) => view).join(", the ")}`, async () => {
      const system = changed(word);
      for (const [view, show] of views)
        assert.notEqual(await show(system), before.get(view), `the ${view} says nothing of it`);
    });
  }
});
