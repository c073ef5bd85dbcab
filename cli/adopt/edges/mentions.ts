import type { Program } from "../program.ts";
import type { Names } from "./names.ts";

/** The address of a program inside a text. */
export interface Mention {
  readonly program: Program;
  /** Where host and port stand. */
  readonly start: number;
  readonly end: number;
  readonly host: string;
  readonly port: number | undefined;
  /** Its port by a variable of its own. */
  readonly portBeside?: number;
  /** Such as "http" or "jdbc:postgresql"; undefined for an address without one. */
  readonly scheme: string | undefined;
  /** Where scheme and login begin. */
  readonly from: number;
  /** Whether it has a login before it, as in `amqp://user:password@queue`. */
  readonly login: boolean;
}

const TOKEN = /\w(?:[\w.-]*\w)?/g;
const SCHEME = /([a-z][a-z0-9+.-]*(?::[a-z][a-z0-9+.-]*)*):\/\/([^\s/@,;]*@)?$/i;
/** `Server=db`, `host=db`, `Data Source=tcp:db`, as connection strings and options write it. */
const KEYED =
  /(?:^|[\s;,&?("'-])(?:host|hostname|server|servers|data source|addr|address|endpoint|brokers?|bootstrap[.-]servers?|upstream|target|url)\s*[=:]\s*(?:tcp:)?["']?$/i;
/** Variables whose value may be the bare name of a host. */
const HOST_VARIABLE =
  /(^|[_.-])(HOSTS?|HOSTNAMES?|ADDRS?|ADDRESS(ES)?|SERVERS?|ENDPOINTS?|URLS?|URIS?|BROKERS?|UPSTREAMS?|FQDN|SVC|SERVICE)$|[a-z](Host|Addr|Address|Server|Url|Uri|Endpoint)$/i;
const LOCAL = ["localhost", "127.0.0.1", "host.docker.internal"];

/** Every address of a program of the system in a text; `variable` is what the text is the value of. */
export function mentionsIn(text: string, variable: string | undefined, by: Program, names: Names): Mention[] {
  return [...text.matchAll(TOKEN)].flatMap((token) => {
    const mention = mentionAt(text, token[0], token.index, variable, by, names);
    return mention === undefined || mention.program === by ? [] : [mention];
  });
}

function mentionAt(
  text: string,
  host: string,
  start: number,
  variable: string | undefined,
  by: Program,
  names: Names,
): Mention | undefined {
  const before = text.slice(0, start);
  const after = text.slice(start + host.length);
  const digits = /^:(\d{1,5})(?![\d@\w])/.exec(after)?.[1];
  const port = digits === undefined ? undefined : Number(digits);
  const isLocal = LOCAL.includes(host);
  const bound = isLocal && (by.onHost || host === "host.docker.internal") ? names.atMachine(port ?? 80) : undefined;
  const program = isLocal ? bound?.program : names.find(host, by);
  if (program === undefined) return undefined;
  const [lead = "", scheme, login] = SCHEME.exec(before) ?? [];
  const isLogin = scheme !== undefined && login === undefined && /^[^\s/,;]*@/.test(after);
  const isPath = lead === "" && /[/\w.-]$/.test(before);
  if (isLogin || isPath || !isAddress({ text, before, host, port, scheme, variable })) return undefined;
  return {
    program,
    start,
    end: start + host.length + (digits === undefined ? 0 : digits.length + 1),
    host,
    port: bound?.port ?? port,
    scheme,
    from: start - lead.length,
    login: login !== undefined || /@$|@tcp\($/.test(before),
  };
}

interface Candidate {
  readonly text: string;
  readonly before: string;
  readonly host: string;
  readonly port: number | undefined;
  readonly scheme: string | undefined;
  readonly variable: string | undefined;
}

/** A name is an address only by what stands around it: "cart" is a word, "cart:7070" and "//cart" are not. */
function isAddress({ text, before, host, port, scheme, variable }: Candidate): boolean {
  if (scheme !== undefined || KEYED.test(before) || /@(tcp\()?$|tcp\($/.test(before)) return true;
  if (port !== undefined) return before === "" || /[\s,;="'([|]$/.test(before);
  const isOne = text.split(",").some((one) => one.trim() === host);
  return variable !== undefined && isOne && HOST_VARIABLE.test(variable);
}
