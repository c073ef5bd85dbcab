import assert from "node:assert/strict";
import { checkSystem } from "../check.ts";
import type { Fault } from "../fault.ts";
import type { System } from "../system.ts";
import { DESCRIPTION } from "./description.ts";
import { everyWord, type WordPlace } from "./every-word.ts";
import { examplesOf } from "./examples.ts";
import { readDescription } from "./read-description.ts";
import { wordsIn } from "./words-in.ts";

type Path = readonly string[];

/** Every word in every form that is right; what the words say need not fit together. */
const examples = examplesOf(DESCRIPTION);
/** Each word once, in the first example where it stands. */
const WORDS = examples
  .flatMap((whole) => wordsIn(DESCRIPTION, whole).map((word) => ({ ...word, whole })))
  .filter((word, index, all) => all.findIndex((other) => isSame(other, word)) === index);

function isSame(a: WordPlace, b: WordPlace): boolean {
  return a.shape === b.shape && a.path.join() === b.path.join();
}
const sound: System = {
  name: "shop",
  purpose: "sells",
  owner: "shop-team",
  correlationKey: "orderId",
  stores: {
    "order-db": { kind: "mariadb", keeps: "every write" },
    "payment-db": { kind: "mariadb", keeps: "every write" },
  },
  services: {
    order: {
      purpose: "takes orders",
      tier: "critical",
      slo: { availability: 99.9, latency: { percent: 99, within: "300ms" } },
      calls: { payment: { reason: "no order unpaid", onFailure: "reject", transactional: true } },
      uses: { "order-db": { may: "write" } },
      publishes: ["Placed"],
      routes: [{ path: "/orders", access: "anyone" }],
    },
    payment: {
      purpose: "takes money",
      tier: "critical",
      slo: { declined: "seen through order" },
      uses: { "payment-db": { may: "write" } },
    },
  },
  events: {
    Placed: {
      data: { properties: { orderId: {} } },
      undoneBy: { declined: "an example" },
      terminal: "for the archive",
    },
  },
  entry: { rateLimit: { perSecond: 10, burst: 20 }, maxBody: "64Ki" },
};

/** The value at a path; `*` is the only entry there is. */
function found(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, word) => Reflect.get(Object(inner), key(inner, word)), value);
}
function key(value: unknown, word: string): string {
  return word === "*" ? (Object.keys(Object(value))[0] ?? "") : word;
}

/** A copy in which the object at a path is changed. */
function changed(value: unknown, path: Path, change: (object: Record<string, unknown>) => void): unknown {
  const copy = structuredClone(value);
  change(found(copy, path) as Record<string, unknown>);
  return copy;
}
const faultsOf = (description: unknown) => readDescription(description).faults;
const check = (description: unknown): Fault[] => checkSystem(description as System);

const hourly = { runs: "every hour", overlap: "skip", freshWithin: "3h" };
const tidy = { purpose: "tidies up", tier: "standard" };

/** A typo in the sound description: where, what was written, what is found and what to write instead. */
const TYPOS: readonly [string, Path, (object: Record<string, unknown>) => void, place: string, fix: string][] = [
  ["a tier", ["services", "order"], (s) => (s["tier"] = "crtical"), "shop/order: tier", 'write "critical"'],
  [
    "a way to fail",
    ["services", "order", "calls", "payment"],
    (call) => (call["onFailure"] = "rejct"),
    "shop/order: calls.payment.onFailure",
    'write "reject"',
  ],
  ["routes", ["services", "order"], (s) => move(s, "routes", "route"), "shop/order: route", 'write "routes"'],
  ["calls", ["services", "order"], (s) => move(s, "calls", "call"), "shop/order: call", 'write "calls"'],
  [
    "a right that is not there",
    ["services", "order", "uses", "order-db"],
    (use) => (use["may"] = "writes"),
    "shop/order: uses.order-db.may",
    'write "write"',
  ],
  [
    "a missing latency",
    ["services", "order", "slo"],
    (slo) => delete slo["latency"],
    "shop/order: slo.latency",
    'add `latency: { percent: 99, within: "300ms" }`',
  ],
  ["an image", ["services", "order"], (s) => (s["image"] = "nginx"), "shop/order: image", "remove it"],
  ["one route", ["services", "order"], (s) => (s["routes"] = "/orders"), "shop/order: routes", 'write ["/orders"]'],
  [
    "a number in quotes",
    ["entry", "rateLimit"],
    (limit) => (limit["burst"] = "20"),
    "shop: entry.rateLimit.burst",
    "write 20",
  ],
  ["half a pod", ["services", "order"], (s) => (s["scale"] = { max: 4.5 }), "shop/order: scale.max", "write 5"],
  [
    "a blank reason",
    ["events", "Placed"],
    (e) => (e["terminal"] = " "),
    "shop: events.Placed.terminal",
    "say why it is published all the same",
  ],
  ["a blank purpose", [], (system) => (system["purpose"] = ""), "shop: purpose", "say what it is for"],
  [
    "a kind of service",
    ["services"],
    (all) => (all["tidy"] = { ...tidy, kind: "workr", slo: { declined: "a test" } }),
    "shop/tidy: kind",
    'write "worker"',
  ],
  [
    "a kind of service by another name",
    ["services"],
    (all) => (all["tidy"] = { ...tidy, ...hourly, kind: "cron", endsWithin: "5m" }),
    "shop/tidy: kind",
    'write "job"',
  ],
  [
    "a word that could be an object too",
    ["services", "order"],
    (s) => (s["measured"] = "gatway"),
    "shop/order: measured",
    'write "gateway"',
  ],
  [
    "a missing end of a job",
    ["services"],
    (all) => (all["tidy"] = { ...tidy, ...hourly, kind: "job" }),
    "shop/tidy: endsWithin",
    'add `endsWithin: "2m"`',
  ],
  [
    "a misspelled way out",
    ["services", "payment", "slo"],
    (slo) => move(slo, "declined", "declind"),
    "shop/payment: slo.declind",
    'write "declined"',
  ],
];
function move(object: Record<string, unknown>, from: string, to: string): void {
  object[to] = object[from];
  delete object[from];
}

describe("the structure of a description", () => {
  it("is right where nothing is wrong", () => {
    assert.deepEqual([...examples.flatMap(faultsOf), ...check(sound)], []);
    const never = everyWord(DESCRIPTION).filter((word) => !WORDS.some((place) => isSame(place, word)));
    assert.deepEqual(
      never.map(({ path }) => path.join(".")),
      [],
    );
  });

  for (const [what, path, change, place, fix] of TYPOS)
    it(`tells ${what} as the only fault, with its place and the fix`, () => {
      const faults = check(changed(sound, path, change));
      assert.deepEqual(
        faults.map((fault) => [fault.path, fault.fix]),
        [[place, fix]],
      );
    });

  it("says where a word stands that was written in the wrong place", () => {
    const [fault] = check(changed(sound, ["services", "order"], (service) => (service["memory"] = "1Gi")));
    assert.match(fault?.found ?? "", /"memory", which is no word here; it stands in `needs`/);
  });

  it("says that a word does not go with those beside it, and shows names as they are written", () => {
    const scaled = changed(sound, ["services", "order"], (service) => (service["scale"] = { max: 5, one: "a test" }));
    assert.match(check(scaled)[0]?.found ?? "", /"one", which is no word here beside what else is written$/);
    const listed = changed(sound, ["services", "order"], (service) => (service["uses"] = ["order-db"]));
    assert.equal(check(listed)[0]?.fix, 'write { "orders-db": { may: "read" } }');
  });

  it("tells faults of structure together with all others, and none that only follows from them", () => {
    const broken = changed(sound, ["services", "order"], (service) => {
      move(service, "routes", "rutes");
      service["tier"] = 5;
      service["needs"] = { memory: "512Mb" };
    });
    assert.deepEqual(
      check(broken).map(({ kind }) => kind),
      ["unknown-word", "wrong-type", "memory-unit"],
    );
  });

  it("misses every word that may not be left out, wherever it stands", () => {
    for (const { path, optional, whole } of WORDS) {
      const faults = faultsOf(changed(whole, path.slice(0, -1), (group) => delete group[path.at(-1) ?? ""]));
      // An empty object that could have been one thing or another lacks no word of its own.
      const missed = faults.filter(({ kind }) => kind === "missing-word" || kind === "wrong-type").length;
      assert.equal(missed, optional ? 0 : 1, path.join("."));
    }
  });

  it("knows every word by a letter more, and refuses a strange one beside it", () => {
    for (const { path, whole } of WORDS) {
      const word = path.at(-1) ?? "";
      const typo = faultsOf(changed(whole, path.slice(0, -1), (group) => move(group, word, `${word}s`)));
      if (path.at(-2) !== "data")
        assert.match(typo[0]?.found ?? "", new RegExp(`did you mean "${word}"`), path.join("."));
      const strange = faultsOf(changed(whole, path.slice(0, -1), (group) => (group["zzzzzzzz"] = 1)));
      assert.equal(strange.length, path.at(-2) === "data" ? 0 : 1, path.join("."));
    }
  });

  it("never lets a value of another type pass, nor crashes the other checks", () => {
    const values = [null, 1, Number.NaN, "", "x", true, [], [null], {}, { x: 1 }, () => 1];
    for (const { path, shape, whole } of WORDS)
      for (const value of values) {
        const faults = check(changed(whole, path.slice(0, -1), (group) => (group[path.at(-1) ?? ""] = value)));
        assert.ok(faults.every(({ found: text, fix }) => text !== "" && fix !== ""));
        if (typeof value === "function") assert.ok(faults.length > 0, `${path.join(".")} ${shape.form}`);
      }
    for (const value of values) assert.ok(check(value).length > 0);
  });
});
