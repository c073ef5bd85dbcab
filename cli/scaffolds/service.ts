import { existsSync } from "node:fs";
import { join } from "node:path";
import { systems } from "../../systems/index.ts";
import { projectFolder } from "../project/project-folder.ts";
import { UserError } from "../terminal/user-error.ts";
import type { Scaffold } from "./scaffold.ts";

/** A service of a system that exists: its entry in the description, and a reference service. */
export function service([owner, name]: readonly string[]): Scaffold {
  if (owner === undefined || name === undefined || !existsSync(join(projectFolder, "systems", owner, "system.ts"))) {
    throw new UserError("slipway: write the service as <system>/<service>, where systems/<system>/system.ts exists.");
  }
  return {
    files: { [`systems/${owner}/services/${name}.ts`]: serviceSource(name, correlationKeyOf(owner)) },
    lists: [{ path: `systems/${owner}/system.ts`, after: /^ {2}services: \{/, line: entry(name) }],
    next: `Describe its edges in systems/${owner}/system.ts, then: npx slipway plan ${owner}`,
  };
}

const entry = (name: string): string => `    ${/^\w+$/.test(name) ? name : `"${name}"`}: {
      purpose: "What it decides or keeps",
      tier: "standard",
      slo: { declined: "not yet in use" },
      owns: { database: "mariadb" },
      routes: ["/${name}"],
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
