import { RULES } from "../../policies/rules.ts";
import { UserError } from "../terminal/user-error.ts";
import { camelCase, type Scaffold } from "./scaffold.ts";
import { similarText } from "./similar.ts";

/** A rule about one resource with its cases. It says nothing yet: its tests fail, and every judgement names it, until it is written. */
export function policy([name = ""]: readonly string[]): Scaffold {
  if (RULES.some(({ id }) => id === name))
    throw new UserError(`slipway: there is a rule "${name}" already; nothing was written. Choose another name.`);
  const identifier = camelCase(name);
  return {
    files: { [`policies/rules/${name}.ts`]: rule(name, identifier), [`policies/rules/${name}.cases.ts`]: cases(name) },
    lists: [
      {
        path: "policies/rules.ts",
        after: /^import \* as /,
        line: `import * as ${identifier} from "./rules/${name}.ts";`,
      },
      { path: "policies/rules.ts", after: /^export const FAMILIES/, line: `  "${name}": ${identifier},` },
    ],
    next: `${similarText(
      name,
      RULES.map(({ id, title }) => ({ name: id, says: title })),
    )}Say what must hold in policies/rules/${name}.ts, then: npm run generate && npm run check`,
  };
}

/** Rules of our own about Kubernetes objects are counted on. */
function nextNumber(): string {
  const taken = RULES.map(({ number }) => Number(/^K(\d+)$/.exec(number)?.[1] ?? 0));
  return `K${Math.max(...taken) + 1}`;
}

const rule = (
  name: string,
  identifier: string,
): string => `import { inProduction, resourceRule } from "../judging/rule.ts";

/** What a rule reads of a resource; everything may be missing. */
interface Props {
  readonly spec?: { readonly example?: string };
}

export const ${identifier} = resourceRule<Props>()({
  id: "${name}",
  number: "${nextNumber()}",
  items: [37], // of the checklist: policies/reporting/checklist.ts
  on: ["Service"],
  severity: "low",
  levels: inProduction,
  title: "What holds, in one sentence",
  why: "What happens otherwise.",
  fix: 'spec: { example: "what would be right" }',
  *check({ props }) {
    const found = props.spec?.example;
    if (found === undefined) throw new Error("policies/rules/${name}.ts is not written yet");
    yield { path: "spec.example", found, wanted: "what would be right" };
  },
});
`;

const cases = (name: string): string => `import type { Cases } from "../testing/case.ts";

// Small changes of the good system (policies/testing/good-system.ts): one that the rule alone must notice, one just good enough.
// biome-ignore format: one case a line
export const cases: Cases = {
  "${name}": { fails: { "Service/payment spec.example": "wrong" }, boundary: { "Service/payment spec.example": "just right" } },
};
`;
