import { existsSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "./project-folder.ts";
import { systems } from "../systems/index.ts";
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
        '      owns: { database: "mariadb" },', `      routes: ["/${name}"],`, "    },", "  },",
        '  entry: { rateLimit: { perSecond: 50, burst: 100 }, maxBody: "64Ki" },', "});", "",
      ].join("\n"),
      [`systems/${name}/services/events.ts`]: '/** Schema of the data of every event; system.ts names them under events. */\nexport const events = {};\n',
      [`systems/${name}/services/front.ts`]: serviceSource(name, "caseId"),
    },
    lists: [
      { path: "systems/index.ts", after: /^import /, line: `import { ${identifier} } from "./${name}/system.ts";` },
      { path: "systems/index.ts", after: /^export const systems/, line: `  ${identifier},` },
    ],
    next: `Describe it in systems/${name}/system.ts, then: npx slipway plan ${name}`,
  };
}

function service(names: readonly string[]): Scaffold {
  const [owner, name] = names;
  if (owner === undefined || name === undefined || !existsSync(join(projectFolder, "systems", owner, "system.ts"))) {
    throw new UserError("slipway: write the service as <system>/<service>, where systems/<system>/system.ts exists.");
  }
  const entry = `    "${name}": { purpose: "What it decides or keeps", tier: "standard", slo: { declined: "not yet in use" }, owns: { database: "mariadb" }, routes: ["/${name}"] },`;
  return {
    files: { [`systems/${owner}/services/${name}.ts`]: serviceSource(name, correlationKeyOf(owner)) },
    lists: [{ path: `systems/${owner}/system.ts`, after: /^ {2}services: \{/, line: entry }],
    next: `Describe its edges in systems/${owner}/system.ts, then: npx slipway plan ${owner}`,
  };
}

/** The smallest service that starts: one route, one table. */
function serviceSource(route: string, correlationKey: string): string {
  return [
    'import { runService } from "../../../runtime/service.ts";', 'import { events } from "./events.ts";', "",
    "await runService<object, typeof events, never>({",
    `  events, correlationKey: "${correlationKey}",`, "  migrations: [],", "  routes(app) {",
    `    app.get("/${route}", () => ({ items: [] }));`, "  },", "});", "",
  ].join("\n");
}

function correlationKeyOf(owner: string): string {
  const found = systems.find(({ name }) => name === owner);
  if (!found) throw new UserError(`slipway: systems/${owner} is not in the list of systems/index.ts; add it there first.`);
  return found.correlationKey;
}

function camelCase(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
