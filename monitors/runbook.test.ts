import assert from "node:assert/strict";
import { planSystem } from "../model/plan.ts";
import { systems } from "../systems/index.ts";
import { platformRules, systemRules } from "./rules.ts";
import { runbooks } from "./runbook.ts";
import { TIMING } from "./timing.ts";

const plans = systems.map((system) => planSystem(system, "prod"));
const pages = runbooks(plans);

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

  it("give commands with the names of the system", () => {
    const page = pages.find(({ name }) => name === "service-down.md")?.content ?? "";
    assert.match(page, /service=order {2}# or payment, fishstore, delivery, mypage/);
    assert.match(page, /kubectl -n fishdelivery get deployment,hpa/);
    assert.doesNotMatch(pages.map(({ content }) => content).join(""), /\$namespace|undefined/);
  });
});
