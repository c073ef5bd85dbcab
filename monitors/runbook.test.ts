import assert from "node:assert/strict";
import { planSystem } from "../model/plan.ts";
import type { System } from "../model/system.ts";
import { systems } from "../systems/index.ts";
import { platformRules, systemRules } from "./rules.ts";
import { runbooks } from "./runbook.ts";
import { TIMING } from "./timing.ts";

const plans = systems.map((system) => planSystem(system, "prod"));
const pages = runbooks(plans);
const [system0] = systems as [System];

/** The same system with a service of the smallest kind before the others. */
function withOneMore(system: System): System {
  const first = {
    purpose: "new",
    tier: "standard",
    slo: { declined: "new" },
    routes: [{ path: "/new", access: "anyone" }],
  } as const;
  return { ...system, services: { first, ...system.services } };
}

describe("runbooks", () => {
  it("exist for every alert that can reach a person", () => {
    const links = { runbooks: "docs/runbooks", dashboards: "" };
    const rules = [
      ...plans.flatMap((plan) =>
        (["pods", "cloud"] as const).flatMap((stores) => systemRules({ plan, timing: TIMING.standard, stores }, links)),
      ),
      ...platformRules(TIMING.standard, links),
    ].flatMap((group) => group.rules);
    const wanted = rules.flatMap((rule) => ("alert" in rule ? [rule.annotations["runbook_url"]] : []));
    const there = new Set(pages.map(({ name }) => `docs/runbooks/${name}`));
    assert.deepEqual(
      wanted.filter((url) => !there.has(url ?? "")),
      [],
    );
  });

  it("say symptom, impact, diagnosis and fix", () => {
    for (const { name, content } of pages.filter((page) => page.name !== "README.md")) {
      for (const part of ["Symptom", "Impact", "Diagnosis", "Fix"])
        assert.match(content, new RegExp(`## ${part}\n\n.{5}`), `${name} has no ${part}`);
    }
  });

  it("that say to go back to the version before lead to how that is done", () => {
    const back = pages.filter(({ content }) => content.includes("the version before"));
    assert.ok(back.length >= 7, `${back.length} pages`);
    for (const { name, content } of back)
      assert.equal(
        content.split("the version before").length,
        content.split("[the version before](../how-to/roll-back.md)").length,
        name,
      );
  });

  it("set every name that their commands use, before them", () => {
    for (const { name, content } of pages) {
      const [, commands = ""] = /```sh\n([^]*?)```/.exec(content) ?? [];
      for (const [, used = ""] of commands.matchAll(/\$(namespace|service)/g))
        assert.match(commands, new RegExp(`^(.* )?${used}=`), `${name} uses $${used}`);
      assert.doesNotMatch(content, /undefined/);
    }
  });

  it("list the services of each system once, whatever is added later", () => {
    const { content } = pages.find(({ name }) => name === "README.md") ?? assert.fail();
    for (const { name, workloads } of plans)
      assert.match(content, new RegExp(`\\| ${name} .*${workloads.map((workload) => workload.name).join(", ")}`));
    const grown = systems.map((system) => planSystem(withOneMore(system), "prod"));
    const more = runbooks([planSystem({ ...system0, name: "other", owner: "other-team" }, "prod"), ...grown]);
    const differ = more.filter((page) => pages.every((before) => before.content !== page.content));
    assert.deepEqual(
      differ.map(({ name }) => name),
      ["README.md"],
    );
  });
});
