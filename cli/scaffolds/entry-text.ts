import { visible } from "../../model/harmless/visible.ts";
import type { Found } from "./found/what-was-found.ts";

/** The entry as it stands in the description. What comes from outside is one line each, and only a comment. */
export function entryText(name: string, found: Found): string {
  const { source, answers, health, measured, needs, seen, open } = found;
  const words = {
    ...(answers ? {} : { kind: "worker" }),
    purpose: "What it decides or keeps",
    tier: "standard",
    from: source,
    ...(answers && { answers: { [answers.protocol]: answers } }),
    slo: { declined: "not yet in use" },
    ...(measured !== null && { measured }),
    health,
    ...(Object.keys(needs).length > 0 && { needs }),
    ...(answers && { routes: routesOf(name, found) }),
  };
  return [
    `    ${entryName(name)}: {`,
    lines(seen, "      // Found: "),
    lines(open, "      // Not known: "),
    ...(answers ? [lines([WHO_ASKS, ACCESS], "      // Not known: ")] : []),
    ...Object.entries(words).map(([word, value]) => wordText(word, value)),
    "    },",
  ].join("\n");
}

/** Asked, never invented: the entry is incomplete until somebody says it. */
const ACCESS = 'who may call it: write `access: "anyone"` or `access: { signedIn: ["scope"] }` beside the path';

const WHO_ASKS = "who asks it: the route lets everybody outside in; take it away as soon as another service calls it";

/** Every gRPC call has the path /<package>.<service>/<method>; where nobody knows the services, they get a host name of their own. */
function routesOf(name: string, { answers, services }: Found): { path: string; host?: string }[] {
  if (answers?.protocol !== "grpc") return [{ path: `/${name}` }];
  return services.length > 0 ? services.map((service) => ({ path: `/${service}` })) : [{ path: "/", host: name }];
}

/** Each text on a line of its own, as text from outside is shown. */
export function lines(texts: readonly string[], before: string): string {
  return texts.map((text) => before + visible(text)).join("\n");
}

/** Longest line of the project's formatter. */
const WIDTH = 120;

/** A word as the formatter writes it: on one line where it fits, else each of its own words on one. */
function wordText(word: string, value: unknown): string {
  const line = `      ${word}: ${literal(value)},`;
  if (line.length <= WIDTH || typeof value !== "object" || value === null) return line;
  const inner = Object.entries(value).map(([key, part]) => `        ${entryName(key)}: ${literal(part)},`);
  return [`      ${word}: {`, ...inner, "      },"].join("\n");
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const inner = Object.entries(value).map(([key, part]) => `${entryName(key)}: ${literal(part)}`);
  return `{ ${inner.join(", ")} }`;
}

/** A name as the key of an object. */
export function entryName(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `"${name}"`;
}
