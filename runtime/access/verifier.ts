import { VERIFIER } from "../../model/names.ts";
import { healthRoutes, type Phase } from "../http/health.ts";
import { createHttp, type Http } from "../http/http.ts";
import { tellProblem } from "../http/problem.ts";
import type { Log } from "../process/log.ts";
import { admit } from "./admission.ts";
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
    return problem === null ? reply.send() : tellProblem(reply, problem);
  });
  return app;
}
