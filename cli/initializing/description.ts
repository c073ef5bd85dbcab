import { basename } from "node:path";
import { entryText } from "../scaffolds/entry-text.ts";
import { lookAt } from "../scaffolds/found/look-at.ts";

/** Where no program is found, one stands there that anybody may run: an example to overwrite. */
const EXAMPLE = `    hello: {
      purpose: "Shows who asks, until there is a service of yours",
      tier: "standard",
      from: { image: "docker.io/traefik/whoami:v1.11.0" },
      answers: { http: { protocol: "http", listens: 8080 } },
      run: ["/whoami", "--port", "8080"],
      slo: { declined: "an example promises nothing" },
      health: { ready: "/health", alive: "/health" },
      routes: [{ path: "/", access: "anyone" }],
    },`;

/** Text of a description with an entry for each program in these folders; paths in it lead from `project`. */
export async function descriptionText(name: string, folders: readonly string[], project: string): Promise<string> {
  const entries: string[] = [];
  for (const folder of folders) entries.push(entryText(serviceName(basename(folder)), await lookAt(folder, project)));
  return `import { defineSystem } from "slipway";

/** What the system is; everything else follows from it. Not yet complete? \`npx slipway plan\` says what is missing. */
export const system = defineSystem({
  name: ${JSON.stringify(name)},
  purpose: "What it is for, in one sentence",
  owner: "${name}-team",

  services: {
${entries.length === 0 ? EXAMPLE : entries.join("\n")}
  },

  entry: { rateLimit: { perSecond: 100, burst: 200 }, maxBody: "256Ki" },
});
`;
}

/** Longest name of a cluster, which is called as the system is. */
const LONGEST = 20;

/** A folder's name as the name of a system: lower-case letters, digits and hyphens. */
export function systemName(folder: string): string {
  return serviceName(basename(folder)).slice(0, LONGEST).replace(/-+$/, "");
}

function serviceName(text: string): string {
  const name = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[^a-z]+|-+$/g, "");
  return name === "" ? "system" : name;
}
