import { existsSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "./project-folder.ts";
import { UserError } from "./user-error.ts";

/** What one kind of new thing consists of. */
export interface Scaffold {
  readonly files: Readonly<Record<string, string>>;
  /** Lines added to the lists that name it. */
  readonly lists: readonly { readonly path: string; readonly after: RegExp; readonly line: string }[];
  /** What to do now. */
  readonly next: string;
}

/** Every kind that `slipway new` can begin. */
export const SCAFFOLDS: Readonly<Record<string, (names: readonly string[]) => Scaffold>> = { system, service };

function system([name = ""]: readonly string[]): Scaffold {
  const identifier = camelCase(name);
  return {
    files: {
      [`systems/${name}/system.ts`]: [
        'import { defineSystem } from "../../model/system.ts";', "",
        `export const ${identifier} = defineSystem({`,
        `  name: "${name}",`, '  purpose: "What its users get from it",', `  owner: "${name}-team",`, '  correlationKey: "caseId",', "  events: {},",
        "  services: {",
        "    front: {", '      purpose: "What it decides or keeps",', '      tier: "standard",', '      slo: { declined: "not yet in use" },',
        `      routes: ["/${name}"],`, "    },", "  },",
        '  entry: { rateLimit: { perSecond: 50, burst: 100 }, maxBody: "64Ki" },', "});", "",
      ].join("\n"),
      [`systems/${name}/services/front.ts`]: serviceSource(),
    },
    lists: [
      { path: "systems/index.ts", after: /^import /, line: `import { ${identifier} } from "./${name}/system.ts";` },
      { path: "systems/index.ts", after: /^export const systems/, line: `// ${name}: add ${identifier} to the list above` },
    ],
    next: `Add ${identifier} to the list in systems/index.ts, then: npx slipway plan ${name}`,
  };
}

function service(names: readonly string[]): Scaffold {
  const [owner, name] = names;
  if (owner === undefined || name === undefined || !existsSync(join(projectFolder, "systems", owner, "system.ts"))) {
    throw new UserError("slipway: write the service as <system>/<service>, where systems/<system>/system.ts exists.");
  }
  const entry = `    "${name}": { purpose: "What it decides or keeps", tier: "standard", slo: { declined: "not yet in use" }, routes: ["/${name}"] },`;
  return {
    files: { [`systems/${owner}/services/${name}.ts`]: serviceSource() },
    lists: [{ path: `systems/${owner}/system.ts`, after: /^ {2}services: \{/, line: entry }],
    next: `Describe its edges in systems/${owner}/system.ts, then: npx slipway plan ${owner}`,
  };
}

function serviceSource(): string {
  return "";
}

function camelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
