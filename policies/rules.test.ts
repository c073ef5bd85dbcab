import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { Graph } from "./resources/graph.ts";
import { judge, type Judgement, type Settings } from "./judging/judge.ts";
import type { Resource } from "./resources/resource.ts";
import type { Rule } from "./judging/rule.ts";
import { CHECKED } from "../model/aws-releases.ts";
import { RULES } from "./rules.ts";
import { changed, type Cases, type Edits, type RuleCases } from "./testing/case.ts";
import { UNKNOWN } from "./resources/unknown.ts";

const folder = new URL("rules/", import.meta.url);
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".cases.ts"));
const cases: Cases = Object.assign(
  {},
  ...(await Promise.all(
    files.map(async (file) => ((await import(new URL(file, folder).href)) as { readonly cases: Cases }).cases),
  )),
);

function settingsFor(rule: Rule, { tier = "standard", facts = {}, limits = {} }: RuleCases): Settings {
  return {
    tier,
    facts: { today: CHECKED, ...facts },
    limits: { [rule.id]: limits },
    levels: rule.levels[tier] === "disabled" ? { [rule.id]: "mandatory" } : {},
  };
}

const ask = (resources: Resource[], rule: Rule, settings: Settings, rules: readonly Rule[] = [rule]): Judgement =>
  judge(new Graph(resources), rules, settings);
const shown = ({ findings, doubts }: Judgement): string =>
  [
    ...findings.map(
      ({ rule, resource, path, found, wanted }) => `${rule.id} ${resource.urn} ${path}: ${found}, wanted ${wanted}`,
    ),
    ...doubts.map(({ rule, reason }) => `${rule.id}?: ${reason}`),
  ].join("\n");

/** The values that fail, not known yet. */
function blurred(edits: Edits): Edits {
  return Object.fromEntries(
    Object.entries(edits)
      .filter(([place]) => place !== "+" && place !== "-")
      .map(([place]) => [place, UNKNOWN]),
  );
}

describe("rules", () => {
  it("find nothing in the good system", () => {
    const judgement = judge(new Graph(changed()), RULES, { tier: "standard", facts: { today: CHECKED } });
    assert.equal(shown(judgement), "");
  });

  it("have cases each, and every case has a rule", () => {
    assert.deepEqual(
      RULES.map(({ id }) => id).filter((id) => !cases[id]),
      [],
    );
    assert.deepEqual(
      Object.keys(cases).filter((id) => !RULES.some((rule) => rule.id === id)),
      [],
    );
  });

  for (const rule of RULES) {
    const own = cases[rule.id];
    if (!own) continue;
    const settings = settingsFor(rule, own);
    describe(rule.id, () => {
      it("fails, and is the only rule that notices", () => {
        const before = ask(changed(own.given), rule, settings, RULES);
        const judgement = ask(changed(own.given, own.fails), rule, settings, RULES);
        const others = judgement.findings.filter(
          (finding) =>
            finding.rule !== rule &&
            !before.findings.some(
              (old) =>
                old.rule === finding.rule &&
                old.resource.kind === finding.resource.kind &&
                old.resource.name === finding.resource.name,
            ),
        );
        assert.ok(
          judgement.findings.some((finding) => finding.rule === rule),
          `no finding; ${shown(ask(changed(own.given, own.fails), rule, settings))}`,
        );
        assert.equal(
          shown({ ...judgement, findings: others, doubts: judgement.doubts.filter(({ broken }) => broken) }),
          "",
        );
      });
      it("passes when it is just good enough", () => {
        const judgement = ask(changed(own.given, own.boundary), rule, settings);
        assert.equal(shown(judgement), "");
        assert.ok([...(judgement.answers.get(rule)?.values() ?? [])].includes("passed"), "the rule was not applicable");
      });
      it("says unknown when nobody can know", () => {
        const judgement = ask(changed(own.given, own.unknown ?? blurred(own.fails)), rule, {
          ...settings,
          facts: { today: CHECKED },
        });
        assert.equal(shown({ ...judgement, doubts: judgement.doubts.filter(({ broken }) => broken) }), "");
        assert.ok([...(judgement.answers.get(rule)?.values() ?? [])].includes("unknown"), "the rule was sure");
      });
    });
  }
});
