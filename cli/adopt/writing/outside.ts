import type { Vertex } from "../edges/graph.ts";
import { shownValue } from "../edges/shown-value.ts";
import { placeText } from "../reading/place.ts";
import { labelOf } from "./label.ts";

/** A third party that a variable names. */
export interface ThirdParty {
  readonly name: string;
  readonly host: string;
  readonly port?: number;
  readonly evidence: string;
}

const URL_OF =
  /\b(?:https?|wss?|grpcs?|amqps?|ftps?|smtps?):\/\/(?:[^\s/@]*@)?((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*)(?::(\d+))?(?=[/?#\s"',;]|$)/gi;
/** Names that only a private network answers. */
const PRIVATE = /(^|\.)(localhost|local|localdomain|internal|intranet|lan|svc|arpa|test|example|invalid)$/i;
/** Variables whose addresses are told to somebody, not asked. */
const TOLD =
  /PUBLIC|EXTERNAL|CORS|ORIGIN|ISSUER|AUDIENCE|CALLBACK|REDIRECT|NAMESPACE|SCHEMA|DOCS?(_|$)|HOMEPAGE|BASE_?URL$|SITE_?URL$|FRONTEND/i;

/** Who outside is asked, by the addresses in variables. */
export function thirdPartiesOf({ reads, program }: Vertex): ThirdParty[] {
  const found = new Map<string, ThirdParty>();
  const taken = new Set<string>();
  const all = reads.map(({ variable, text }) => ({
    name: variable.name,
    text,
    shown: shownValue(variable, text),
    at: variable.at,
  }));
  for (const { name, text, shown, at } of all) {
    if (TOLD.test(name)) continue;
    for (const [, host = "", digits] of text.matchAll(URL_OF)) {
      const port = digits === undefined ? (/^http:/i.test(text) ? 80 : undefined) : Number(digits);
      const key = `${host.toLowerCase()}:${port ?? 443}`;
      if (PRIVATE.test(host) || found.has(key) || program.aliases.includes(host)) continue;
      const label = freeLabel(host, taken);
      taken.add(label);
      found.set(key, {
        name: label,
        host: host.toLowerCase(),
        ...(port !== undefined && port !== 443 && { port }),
        evidence: `from ${name}=${shown} in ${program.name}, ${placeText(at)}`,
      });
    }
  }
  return [...found.values()];
}

/** `api.stripe.com` is called stripe. */
function freeLabel(host: string, taken: ReadonlySet<string>): string {
  const parts = host.split(".");
  const short = labelOf(parts.at(-2) ?? host);
  return short.length > 2 && !taken.has(short) ? short : labelOf(host);
}
