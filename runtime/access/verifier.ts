import { VERIFIER } from "../../model/names.ts";
import { healthRoutes, type Phase } from "../http/health.ts";
import { createHttp, type Http } from "../http/http.ts";
import type { Log } from "../process/log.ts";
import { type Admission, admit } from "./admission.ts";
import type { Verify } from "./token.ts";

/**
 * What a gateway asks before it lets a request pass, with the scopes that its route wants: `/check?scope=read&scope=write`. Any answer but
 * 200 goes back to the client as it is. It knows no routes, so that it has one set of keys and nothing to get out of step.
 */
export function verifierApp(verify: Verify, identity: { version: string; pod: string }, phase: Phase, log: Log): Http {
  const app = createHttp(identity, log, () => phase.current === "stopping");
  healthRoutes(app, phase);
  app.get(VERIFIER.check, async (request, reply) => {
    const wanted = [(request.query as { scope?: string | string[] }).scope ?? []].flat();
    const { status, headers, problem } = await admit(verify, request.headers.authorization, wanted);
    void reply.code(status).headers(headers);
    return problem === null ? reply.send() : reply.type("application/problem+json").send(bodyOf(problem));
  });
  return app;
}

/** As text: the server would take an object for JSON of no special kind. */
function bodyOf(problem: NonNullable<Admission["problem"]>): string {
  return JSON.stringify({ type: "about:blank", ...problem });
}
