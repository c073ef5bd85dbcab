import type { Socket } from "node:net";
import { LOOPBACK_NAMES, nameAndPort } from "../../../model/harmless/request.ts";

/** Head of a request that is waited for: bytes as Go reads them at most before it answers 431, and milliseconds. */
const MOST = { bytes: 16_384, wait: 30_000 } as const;
const END = /\r?\n\r?\n/;
/** What begins HTTP/2 without TLS. No browser speaks it, and so no web page. */
const HTTP2 = "PRI * HTTP/2.0\r\n\r\n";

/**
 * Reads what a client asks first and tells whether the entry answers it: a browser that was led here by somebody else's DNS asks for
 * that name. It uses one connection for one name only, so the first request speaks for all of them, and nothing more is looked at.
 * What was read is put back. The entry is the user's own system otherwise: whether other origins may ask, it decides itself, as on prod.
 */
export async function isAdmitted(client: Socket, names: readonly string[]): Promise<boolean> {
  const head = await firstHead(client);
  if (head === null) return false;
  if (head.startsWith(HTTP2)) return true;
  const hosts = hostsIn(head);
  return hosts.length > 0 && hosts.every((host) => isOwnName(nameAndPort(host)[0], names));
}

/** Browsers look up no name below localhost. */
function isOwnName(name: string, names: readonly string[]): boolean {
  return LOOPBACK_NAMES.includes(name) || name.endsWith(".localhost") || names.includes(name);
}

/** Every host that a request names: in its address, where it is a whole one, and in its headers. */
function hostsIn(head: string): string[] {
  const [first = "", ...lines] = (head.split(END)[0] ?? "").split(/\r?\n/);
  const address = /^\S+ +\w+:\/\/([^/?#\s]*)/.exec(first)?.[1];
  const headers = lines.flatMap((line) => /^host[ \t]*:[ \t]*(.*?)[ \t]*$/i.exec(line)?.[1] ?? []);
  return address === undefined ? headers : [address, ...headers];
}

/** Null where none comes, or something that is no request. */
function firstHead(client: Socket): Promise<string | null> {
  return new Promise((done) => {
    let read = Buffer.alloc(0);
    const end = (head: string | null): void => {
      client.off("data", take).off("end", nothing).off("close", nothing).off("timeout", nothing).setTimeout(0).pause();
      if (!client.destroyed && read.length > 0) client.unshift(read);
      done(head);
    };
    const take = (chunk: Buffer): void => {
      read = Buffer.concat([read, chunk]);
      const text = read.toString("latin1");
      if (!/^[a-z]/i.test(text)) return end(null);
      if (END.test(text)) return end(text);
      if (read.length > MOST.bytes) end(null);
    };
    const nothing = (): void => end(null);
    client.on("data", take).on("end", nothing).on("close", nothing).on("timeout", nothing).setTimeout(MOST.wait);
  });
}

const WHY =
  "Nothing here answers under that name. Open it as http://localhost or http://127.0.0.1 with its port, or allow the name: npx slipway cluster up --http-names <name>\n";

/** Tells a client why it is not answered, and hangs up; one that said nothing is told nothing. */
export function turnAway(client: Socket): void {
  if (client.bytesRead === 0) return void client.destroy();
  const headers = [
    "HTTP/1.1 403 Forbidden",
    "content-type: text/plain; charset=utf-8",
    `content-length: ${WHY.length}`,
  ];
  client.end([...headers, "connection: close", "", WHY].join("\r\n"));
  client.resume().setTimeout(1000, () => client.destroy());
}
