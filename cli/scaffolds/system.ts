import { camelCase, type Scaffold } from "./scaffold.ts";
import { serviceSource } from "./service.ts";

/** A system of one service that keeps rows and answers at the public entry. */
export function system([name = ""]: readonly string[]): Scaffold {
  const identifier = camelCase(name);
  return {
    files: {
      [`systems/${name}/system.ts`]: description(name, identifier),
      [`systems/${name}/services/events.ts`]:
        "/** Schema of the data of every event; system.ts names them under events. */\nexport const events = {};\n",
      [`systems/${name}/services/front.ts`]: serviceSource(name, "caseId"),
    },
    lists: [
      { path: "systems/index.ts", after: /^import /, line: `import { ${identifier} } from "./${name}/system.ts";` },
      { path: "systems/index.ts", after: /^ {2}\w+,$/, line: `  ${identifier},` },
    ],
    next: `Describe it in systems/${name}/system.ts, then: npx slipway plan ${name}. It runs where Pulumi.dev.yaml and Pulumi.prod.yaml name it under slipway:system.`,
  };
}

const description = (name: string, identifier: string): string => `import { defineSystem } from "../../model/system.ts";

export const ${identifier} = defineSystem({
  name: "${name}",
  purpose: "What its users get from it",
  owner: "${name}-team",
  correlationKey: "caseId",
  events: {},
  stores: {
    "front-db": { kind: "mariadb", keeps: "every write", database: "front" },
  },
  services: {
    front: {
      purpose: "What it decides or keeps",
      tier: "standard",
      slo: { declined: "not yet in use" },
      uses: { "front-db": { may: "write" } },
      routes: [{ path: "/${name}", access: "anyone" }],
    },
  },
  entry: { rateLimit: { perSecond: 50, burst: 100 }, maxBody: "64Ki" },
});
`;
