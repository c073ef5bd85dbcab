import assert from "node:assert/strict";
import { Graph } from "../resources/graph.ts";
import { judge } from "../judging/judge.ts";
import { addText, emptyInput } from "../read/input.ts";
import type { Props } from "../resources/resource.ts";
import { RULES } from "../rules.ts";
import { goodSystem } from "../testing/good-system.ts";

/** The good system as `pulumi stack export` writes it: the inputs of components beside their outputs. */
function state(change: (data: Record<string, string>) => void, componentInputs: boolean): string {
  const resources = goodSystem().map((object) => {
    const { type, name, props, apiVersion, kind, metadata } = object as Readonly<Record<string, string>> & {
      readonly props?: Props;
      readonly metadata?: { readonly name: string };
    };
    if (metadata?.name === "order-1a2b3c4d") change((object as unknown as { data: Record<string, string> }).data);
    const token = type ?? `kubernetes:${apiVersion?.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
    const inputs = type === undefined ? object : componentInputs || !type.startsWith("slipway:") ? props : undefined;
    return {
      urn: `urn:pulumi:prod::shop::${token}::${name ?? metadata?.name}`,
      type: token,
      ...(inputs ? { inputs } : {}),
      outputs: { url: "http://order:8080" },
    };
  });
  return JSON.stringify({ version: 3, deployment: { resources } });
}

function answers(text: string): { findings: string[]; unknown: string[] } {
  const input = emptyInput();
  addText(input, text, "state.json");
  const { findings, doubts } = judge(new Graph(input.resources), RULES, { tier: "standard", facts: {} });
  return {
    findings: findings.map(({ rule }) => rule.id),
    unknown: [...new Set(doubts.map(({ rule }) => rule.id))].sort(),
  };
}

describe("what was meant, in a state file", () => {
  it("is judged like in a preview, because the engine keeps the inputs of components", () => {
    assert.deepEqual(answers(state(() => undefined, true)), { findings: [], unknown: [] });
    const { findings, unknown } = answers(state((data) => delete data["PAYMENT_TIMEOUT_MS"], true));
    assert.ok(findings.includes("every-call-breaks"), findings.join());
    assert.deepEqual(unknown, []);
  });

  it("is unknown where an engine kept none", () => {
    const { findings, unknown } = answers(state(() => undefined, false));
    assert.deepEqual(findings, []);
    assert.ok(unknown.includes("every-call-breaks"), unknown.join());
  });
});
