import type { Server } from "node:http";
import { guardedServer, ofThisMachine, sayPlainly } from "../../components/observability/pages/guarded-server.ts";
import { passOn, type Upstream } from "./pass-on.ts";

/** Shows the pages of the mail sink on this machine, to look and nothing else: a heartbeat is not taken here. */
export function mailServer(sink: Upstream): Server {
  return guardedServer(ofThisMachine, async ({ method, path, query }, response) => {
    if (method !== "GET") return sayPlainly(response, 405, "The mails are read-only here.");
    if (!(await passOn(sink, path + query, response)))
      sayPlainly(response, 502, "The mail sink does not answer. Is the stack up? Look with: npx slipway status");
  });
}
