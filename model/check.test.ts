import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { systems } from "../systems/index.ts";
import { assertDeployable, assertValid, checkSystem } from "./check.ts";
import { ACCESS, asking, open, withRoutes } from "./check/cases/access.cases.ts";
import { EDGES } from "./check/cases/edges.cases.ts";
import { EVENTS } from "./check/cases/events.cases.ts";
import { NAMES } from "./check/cases/names.cases.ts";
import { PROGRAM } from "./check/cases/program.cases.ts";
import { foreign, sound, withCall, withForeign, withJob, withService } from "./check/cases/sound.ts";
import { STORES } from "./check/cases/stores.cases.ts";
import { VALUES } from "./check/cases/values.cases.ts";
import { checkStage } from "./check/stage.ts";
import { InvalidSystem } from "./fault.ts";
import type { System } from "./system.ts";
import { fact } from "./words/value.ts";

const cases = [...NAMES, ...EDGES, ...ACCESS, ...EVENTS, ...PROGRAM, ...VALUES, ...STORES];
const fixOf = (system: System, kind: string) => checkSystem(system).find((fault) => fault.kind === kind)?.fix;

describe("the check of a description", () => {
  it("finds nothing in a sound system, nor in any system of this repository", () => {
    assert.deepEqual(checkSystem(sound), []);
    for (const system of systems) assert.deepEqual(checkSystem(system), [], system.name);
  });

  for (const [kind, broken, found] of cases) {
    it(`reports ${kind} with the place, what was found, what is allowed and a fix`, () => {
      const fault = checkSystem(broken).find((candidate) => candidate.kind === kind);
      assert.ok(
        fault,
        `expected ${kind}, got ${
          checkSystem(broken)
            .map((other) => other.kind)
            .join(", ") || "nothing"
        }`,
      );
      assert.match(fault.found, found);
      assert.ok(fault.path.startsWith(broken.name) && fault.allowed !== "" && fault.fix !== "");
    });
  }

  it("names the nearest service when a name is mistyped", () => {
    assert.match(fixOf(withCall({}, "paymnt"), "unknown-callee") ?? "", /"payment"/);
    assert.match(fixOf(withForeign({ uses: { cach: { may: "write" } } }), "unknown-store") ?? "", /"cache"/);
    assert.match(
      fixOf(withForeign({ reads: { TO: fact("paymnt", "url") } }), "unknown-fact-owner") ?? "",
      /write "payment"/,
    );
  });

  it("guesses what was meant: a unit, a schedule, a host", () => {
    assert.equal(fixOf(withService("order", { needs: { memory: "512Mb" } }), "memory-unit"), 'write "512Mi"');
    for (const [runs, meant] of [
      ["*/15 * * * *", "every 15 minutes"],
      ["0 3 * * *", "every day at 3:00"],
      ["every 5 min", "every 5 minutes"],
      ["every munday at 06:00", "every monday at 06:00"],
      ["daily", "every day at 03:00"],
    ] as const)
      assert.equal(fixOf(withJob({ runs }), "job-schedule"), `write "${meant}"`);
    assert.equal(
      fixOf(
        withForeign({ outside: { bank: { host: "https://API.example.com/v1", reason: "pays", onFailure: "own" } } }),
        "outside-host",
      ),
      'write "api.example.com"',
    );
  });

  it("writes the edge out that a fact needs, whatever it is a fact of", () => {
    for (const [of, edge] of [
      ["payment", /add calls: \{ payment: \{ reason.*only hands it on, write the text "http:\/\/payment:8080"/],
      ["rows", /add uses: \{ rows: \{ may/],
      ["outside/bank", /add outside: \{ bank: \{ host/],
      ["tidy", /is a job and answers nobody/],
    ] as const)
      assert.match(fixOf(withForeign({ reads: { TO: fact(of, "host") } }), "fact-without-edge") ?? "", edge);
  });

  it("lets several change the tables of a store that each migrate themselves and say why they share it", () => {
    const petclinic = withForeign({ uses: { pets: { may: "change" } }, migration: { itself: "as it was" } });
    const visits = {
      ...petclinic.services["prices"],
      routes: [{ path: "/visits", access: "anyone" }],
      uses: { pets: { may: "change", shared: "keys" } },
    };
    const system = {
      ...petclinic,
      stores: { rows: sound.stores?.["rows"], pets: { kind: "mysql", keeps: "every write" } },
      services: { ...petclinic.services, visits },
    } as unknown as System;
    assert.deepEqual(checkSystem(system), []);
  });

  it("lets a system that brings brokers and databases of its own call them by their usual names", () => {
    const named = [
      "kafka",
      "topics",
      "postgres",
      "mariadb",
      "mysql",
      "databases",
      "redis",
      "entry",
      "exporter",
      "root",
    ];
    const own = { ...foreign, uses: {} };
    const services = Object.fromEntries(
      named.map((name) => [name, { ...own, routes: [{ path: `/${name}`, access: "anyone" as const }] }]),
    );
    const { name, purpose, owner, entry } = sound;
    assert.deepEqual(checkSystem({ name, purpose, owner, entry, services }), []);
    const stores = { orders: { kind: "postgres", keeps: "every write" } } as const;
    const user = {
      ...own,
      routes: [{ path: "/user", access: "anyone" }],
      uses: { orders: { may: "write" } },
      migration: { declined: "a test" },
    } as const;
    const mixed = { name, purpose, owner, entry, stores, services: { ...services, user } };
    assert.deepEqual(
      checkSystem(mixed).map(({ kind, path }) => `${kind} ${path}`),
      ["service-name-taken shop/postgres", "service-name-taken shop/exporter"],
    );
    assert.match(fixOf(mixed, "service-name-taken") ?? "", /fact\("postgres-server", "address"\)/);
  });

  it("lets two public paths lead to one path of two answers", () => {
    const answers = { http: { protocol: "http", listens: 8000 }, admin: { protocol: "http", listens: 8001 } } as const;
    const routes = [
      { path: "/prices", access: "anyone" },
      { path: "/admin", access: "anyone", as: "/prices", answer: "admin" },
    ] as const;
    assert.deepEqual(checkSystem(withForeign({ answers, routes })), []);
  });

  it("lets an open route stand beside a narrower one that asks, where the narrower one takes every request for it", () => {
    for (const routes of [
      [open("/"), asking("/prices", "read")],
      [open("GET /prices"), asking("POST /prices", "write")],
      [open("/start", "/pages"), asking("/prices")],
    ])
      assert.deepEqual(checkSystem(withRoutes(...routes)), []);
  });

  it("takes any edge for a latency where the buckets are set to it", () => {
    const slo = { availability: 99, latency: { percent: 99, within: "417ms" } };
    assert.deepEqual(checkSystem(withForeign({ slo })), []);
  });

  it("refuses on prod alone what can become another program by itself", () => {
    const moving = withForeign({ from: { image: "example.com/prices:1.4" } });
    assert.deepEqual(checkStage(moving, "dev"), []);
    assert.deepEqual(
      checkStage(moving, "prod").map(({ kind, path }) => `${kind} ${path}`),
      ["moving-image shop/prices: from.image", "moving-image shop/thinker: from.image"],
    );
    assert.throws(() => assertDeployable("prod", [moving]), InvalidSystem);
    assert.doesNotThrow(() => assertDeployable("dev", [moving]));
  });

  it("refuses systems whose resources would be called the same, and names both", () => {
    const { purpose, owner, entry } = sound;
    const part = { ...foreign, uses: {} };
    const system = (name: string, service: string): System => ({
      name,
      purpose,
      owner,
      entry,
      services: { [service]: part },
    });
    assert.doesNotThrow(() => assertDeployable("dev", [system("shop", "b"), system("shop-b", "d")]));
    assert.throws(
      () => assertDeployable("dev", [system("shop", "b-c"), system("shop-b", "c")]),
      /of "shop", "shop-b" has 1 fault;.*\n.*shop-b: name \[names-collide\]\n.*"shop-b-c", which is made for "shop\/b-c" and for "shop-b\/c"/,
    );
  });

  it("reports all faults of a description at once", () => {
    const broken = { ...withCall({ timeout: "50ms" }), owner: "", partitions: 4 };
    assert.deepEqual(
      checkSystem(broken).map(({ kind }) => kind),
      ["owner", "timeout-range", "partitions-below-replicas"],
    );
    assert.throws(
      () => assertValid(broken),
      (error: unknown) =>
        error instanceof InvalidSystem &&
        /3 faults; nothing was deployed/.test(error.message) &&
        error.faults.length === 3,
    );
  });

  it("has a case here for every kind of fault in its source", () => {
    const folder = new URL("./check/", import.meta.url);
    const source = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.startsWith("cases/"))
      .map((file) => readFileSync(new URL(file, folder), "utf8"))
      .join("\n");
    const kinds = [...source.matchAll(/kind: ["`]([a-z$][^"`]*)["`]/g)].map(([, kind = ""]) => kind);
    const covered = (kind: string) =>
      kind === "moving-image" || // a fault of the stage, above
      cases.some(([name]) => new RegExp(`^${kind.replace(/\$\{[^}]*\}/, "\\w+")}$`).test(name));
    assert.ok(new Set(kinds).size >= 120);
    assert.deepEqual(
      kinds.filter((kind) => !covered(kind)),
      [],
    );
  });
});
