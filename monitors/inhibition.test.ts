import assert from "node:assert/strict";
import { planSystem, type SystemPlan } from "../model/plan.ts";
import { defineSystem } from "../model/system.ts";
import { fishdelivery } from "../systems/fishdelivery/system.ts";
import type { Alert } from "./alert.ts";
import { type Inhibition, inhibitions, PLATFORM_INHIBITIONS } from "./inhibition.ts";
import { platformAlerts, systemAlerts } from "./rules.ts";
import { TIMING } from "./timing.ts";

type Labels = Readonly<Record<string, string>>;
const call = { reason: "test", onFailure: "reject", transactional: false } as const;
const service = {
  purpose: "test",
  tier: "standard",
  slo: { availability: 99, latency: { percent: 99, within: "1s" } },
} as const;

/** A front that asks two services, one of which asks a third. */
const chain = defineSystem({
  name: "shop",
  purpose: "test",
  owner: "team",
  correlationKey: "id",
  events: {},
  stores: { rows: { kind: "mariadb", keeps: "nothing" }, accounts: { kind: "postgres", keeps: "every write" } },
  services: {
    front: {
      ...service,
      calls: { payment: call, stock: call },
      routes: [{ path: "/", access: "anyone" }],
      uses: { rows: { may: "write" } },
    },
    payment: { ...service, calls: { bank: call } },
    stock: service,
    bank: { ...service, uses: { accounts: { may: "write" } } },
  },
  entry: { rateLimit: { perSecond: 1, burst: 1 }, maxBody: "1Ki" },
});
const timing = TIMING.standard;
const scopeOf = (plan: SystemPlan) => ({ plan, timing, stores: "pods" }) as const;
const scopes = [fishdelivery, chain].map((system) => scopeOf(planSystem(system, "prod")));
const rules = [...PLATFORM_INHIBITIONS, ...scopes.flatMap(inhibitions)];

/** As Alertmanager decides: a label that is not there is an empty one. */
function fits(labels: Labels, matchers: readonly string[]): boolean {
  return matchers.every((matcher) => {
    const [, name = "", operator = "", value = ""] = /^(\w+)(=~|!=|=)"(.*)"$/.exec(matcher) ?? assert.fail(matcher);
    const found = labels[name] ?? "";
    if (operator === "=~") return new RegExp(`^(?:${value})$`).test(found);
    return operator === "=" ? found === value : found !== value;
  });
}
const mutes = ({ source_matchers, target_matchers, equal }: Inhibition, source: Labels, target: Labels): boolean =>
  fits(source, source_matchers) &&
  fits(target, target_matchers) &&
  equal.every((label) => (source[label] ?? "") === (target[label] ?? ""));
const muted = (source: Labels, target: Labels): boolean => rules.some((rule) => mutes(rule, source, target));

/** An alert as it reaches Alertmanager. */
const fired = ({ name, severity, role, labels, proof }: Alert, more: Labels = {}): Labels => ({
  alertname: name,
  severity,
  role,
  ...labels,
  ...proof.labels,
  ...more,
});
const every = [...scopes.flatMap(systemAlerts), ...platformAlerts(timing)];
function alert(name: string, more: Labels, severity?: string): Labels {
  const found = every.find((one) => one.name === name && (severity === undefined || one.severity === severity));
  assert.ok(found, name);
  return fired(found, more);
}
const shop = { namespace: "shop" };

describe("what keeps an alert silent", () => {
  it("is tied to one place by labels that both alerts carry", () => {
    for (const rule of rules) {
      assert.ok(rule.equal.length > 0);
      const meant = (matchers: readonly string[]) => every.filter((one) => fits(fired(one), matchers));
      for (const one of [...meant(rule.source_matchers), ...meant(rule.target_matchers)])
        for (const label of rule.equal)
          assert.ok(fired(one)[label], `${one.name} carries no ${label}: ${rule.equal.join()}`);
    }
  });

  it("means alerts that exist", () => {
    const names = new Set(every.map(({ name }) => name));
    const named = rules.flatMap(({ source_matchers, target_matchers }) =>
      [...source_matchers, ...target_matchers].flatMap((matcher) => {
        const [, list] = /^alertname=~?"(.*)"$/.exec(matcher) ?? [];
        return list?.split("|") ?? [];
      }),
    );
    assert.deepEqual(
      named.filter((name) => !names.has(name)),
      [],
    );
  });

  for (const gone of ["NodeDown", "NodeNotReady"])
    it(`${gone} explains pods of that node that cannot be measured, and nothing on other nodes`, () => {
      const node = alert(gone, { instance: "node-1", node: "node-1" });
      assert.ok(muted(node, alert("TargetDown", { ...shop, service: "stock", node: "node-1" })));
      assert.ok(!muted(node, alert("TargetDown", { ...shop, service: "stock", node: "node-2" })));
      assert.ok(!muted(node, { ...alert("TargetDown", { ...shop, service: "stock" }), node: "" }));
      for (const other of every.filter(({ name }) => !["TargetDown", "NodeNotReady"].includes(name)))
        assert.ok(!muted(node, fired(other)), other.name);
    });

  it("tells of a lost node once, and of each lost node", () => {
    const node = alert("NodeDown", { instance: "node-1", node: "node-1" });
    assert.ok(muted(node, alert("NodeNotReady", { node: "node-1" })));
    assert.ok(!muted(node, alert("NodeNotReady", { node: "node-2" })));
    assert.ok(!muted(node, alert("NodeDown", { instance: "node-2", node: "node-2" })));
  });

  it("a dead service explains what its callers miss, not what they break by themselves", () => {
    const bank = alert("ServiceDown", { ...shop, service: "bank" });
    for (const caller of ["payment", "front"]) {
      assert.ok(muted(bank, alert("ErrorBudgetBurn", { ...shop, service: caller }, "page")));
      for (const own of ["MemoryCritical", "PodCrashLooping", "RolloutFailed"])
        assert.ok(!muted(bank, alert(own, { ...shop, service: caller })), `${own} of ${caller}`);
    }
    assert.ok(!muted(bank, alert("ErrorBudgetBurn", { ...shop, service: "stock" }, "page")));
    assert.ok(!muted(bank, alert("ErrorBudgetBurn", { namespace: "fishdelivery", service: "payment" }, "page")));
  });

  it("a dead database explains what its users and their callers miss, and nothing else", () => {
    const down = alert("PostgresDown", { ...shop, service: "postgres" });
    for (const user of ["bank", "payment", "front"])
      assert.ok(muted(down, alert("ErrorBudgetBurn", { ...shop, service: user }, "page")), user);
    assert.ok(!muted(down, alert("ErrorBudgetBurn", { ...shop, service: "stock" }, "page")));
    assert.ok(!muted(down, alert("MemoryCritical", { ...shop, service: "bank" })));
  });

  it("a dead service explains open circuits on the way to it only", () => {
    const bank = alert("ServiceDown", { ...shop, service: "bank" });
    assert.ok(muted(bank, alert("CircuitOpen", { ...shop, service: "payment", callee: "bank" })));
    assert.ok(muted(bank, alert("CircuitOpen", { ...shop, service: "front", callee: "payment" })));
    assert.ok(!muted(bank, alert("CircuitOpen", { ...shop, service: "front", callee: "stock" })));
  });
});
