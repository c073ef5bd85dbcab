import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { systems } from "../../systems/index.ts";
import { projectFolder } from "../project/project-folder.ts";
import { UserError } from "../terminal/user-error.ts";
import { entryName } from "./entry-text.ts";
import type { Scaffold } from "./scaffold.ts";

/** A service of a system that exists: its entry in the description, its store, and a reference service. */
export function service([owner, name = ""]: readonly string[]): Scaffold {
  const system = requireSystem(owner, name);
  const path = `systems/${system}/system.ts`;
  return {
    files: { [`systems/${system}/services/${name}.ts`]: serviceSource(name, correlationKeyOf(system)) },
    lists: [storeOf(path, name), { path, after: /^ {2}services: \{/, line: entry(name) }],
    next: `Describe its edges in ${path}, then: npx slipway plan ${system}`,
  };
}

/** The system of a new service. Throws where there is none. */
export function requireSystem(owner: string | undefined, name: string | undefined): string {
  if (owner !== undefined && name !== undefined && existsSync(join(projectFolder, "systems", owner, "system.ts")))
    return owner;
  throw new UserError("slipway: write the service as <system>/<service>, where systems/<system>/system.ts exists.");
}

/** Its store, in the list of them or in a new one. */
function storeOf(path: string, name: string): Scaffold["lists"][number] {
  const store = `"${name}-db": { kind: "mariadb", keeps: "every write", database: "${name.replaceAll("-", "_")}" },`;
  const listed = /^ {2}stores: \{$/m.test(readFileSync(join(projectFolder, path), "utf8"));
  return listed
    ? { path, after: /^ {2}stores: \{$/, line: `    ${store}` }
    : { path, after: /^ {2}owner: /, line: `  stores: {\n    ${store}\n  },` };
}

const entry = (name: string): string => `    ${entryName(name)}: {
      purpose: "What it decides or keeps",
      tier: "standard",
      slo: { declined: "not yet in use" },
      uses: { "${name}-db": { may: "write" } },
      routes: [{ path: "/${name}", access: "anyone" }],
    },`;

/** The smallest service that starts: one route. */
export function serviceSource(route: string, correlationKey: string): string {
  return `import { runService } from "../../../runtime/service.ts";
import { events } from "./events.ts";

await runService<object, typeof events, never>({
  events,
  correlationKey: "${correlationKey}",
  migrations: [],
  routes(app) {
    app.get("/${route}", () => ({ items: [] }));
  },
});
`;
}

function correlationKeyOf(owner: string): string {
  const found = systems.find(({ name }) => name === owner);
  if (!found)
    throw new UserError(`slipway: systems/${owner} is not in the list of systems/index.ts; add it there first.`);
  return found.correlationKey ?? "id";
}
