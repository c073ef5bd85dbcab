import { RULES } from "../../policies/rules.ts";
import { UserError } from "../terminal/user-error.ts";
import { camelCase, type Scaffold } from "./scaffold.ts";

/** A rule about one resource with its cases. It holds as it stands, so that each change of it is seen by its tests. */
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
    next: `Say what must hold in policies/rules/${name}.ts, then: npm run generate && npm run check`,
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

export const ${identifier} = resourceRule<{ readonly spec?: { readonly sessionAffinity?: string } }>()({
  id: "${name}",
  number: "${nextNumber()}",
  items: [37],
  on: ["Service"],
  severity: "low",
  levels: inProduction,
  title: "A Service spreads the requests of each client over all pods",
  why: "With affinity one busy client keeps one pod busy, and a rollout still breaks its session.",
  fix: 'spec: { sessionAffinity: "None" }',
  *check({ props }) {
    const found = props.spec?.sessionAffinity ?? "None";
    if (found !== "None") yield { path: "spec.sessionAffinity", found, wanted: "None" };
  },
});
`;

const cases = (name: string): string => `import type { Cases } from "../testing/case.ts";

// biome-ignore format: one case a line
export const cases: Cases = {
  "${name}": { fails: { "Service/payment spec.sessionAffinity": "ClientIP" }, boundary: { "Service/payment spec.sessionAffinity": "None" } },
};
`;
