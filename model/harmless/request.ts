import { visible } from "./visible.ts";

/** What a request says of itself. */
export interface Asked {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  readonly host: string | undefined;
  readonly origin: string | undefined;
  /** `Sec-Fetch-Site`, `-Mode` and `-Dest`, which no page can set itself. */
  readonly site: string | undefined;
  readonly mode: string | undefined;
  readonly destination: string | undefined;
}

/** Why a request is not answered, with the status that says so. */
export interface Refused {
  readonly status: 400 | 403;
  readonly why: string;
}

/** Names under which a page of this machine is asked. Any other name was made to lead here by somebody else's DNS. */
export const LOOPBACK_NAMES: readonly string[] = ["localhost", "127.0.0.1"];

const OWN_SITES = ["same-origin", "none"];

/**
 * Whether a page that is meant for one person may answer: only under names of its own, and to no page of another origin. A link from
 * elsewhere may lead to it, because who follows one sees the page and the other page does not.
 */
export function refusalOf(asked: Asked, isOwn: (name: string, port: number) => boolean): Refused | null {
  const { method, target, host, origin, site, mode, destination } = asked;
  const [name, port] = nameAndPort(host);
  if (!target.startsWith("/")) return { status: 400, why: "The address must be a path." };
  if (!isOwn(name, port)) return { status: 403, why: `Nothing here answers as ${quoted(host)}. ${HOW}` };
  if (origin !== undefined && origin !== `http://${host}`)
    return { status: 403, why: `A page of ${quoted(origin)} may not ask here.` };
  const follows = method === "GET" && mode === "navigate" && destination === "document";
  if (site !== undefined && !OWN_SITES.includes(site) && !follows)
    return { status: 403, why: "A page of another origin may not ask here." };
  return null;
}

/** Name and port of a Host header, both as nobody has them where it is none. */
export function nameAndPort(host = ""): readonly [name: string, port: number] {
  const [, name = "", port = "80"] = /^(\[[\da-f:]+\]|[^:[\]]+)(?::(\d{1,5}))?$/i.exec(host) ?? [];
  return [name.toLowerCase(), Number(port)];
}

const HOW = "Open it as http://localhost or http://127.0.0.1 with its port.";
const quoted = (text = "") => `"${visible(text, 100)}"`;
