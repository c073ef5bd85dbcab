import { VERIFIER } from "../names.ts";
import type { System } from "../system.ts";
import type { Call } from "../words/edge.ts";
import type { Service } from "../words/service.ts";
import { planSignIn } from "./edges/sign-in.ts";
import type { SourcePlan } from "./program/source.ts";

/** Where the program comes from. */
export const VERIFIER_SOURCE: SourcePlan = { kind: "shipped", image: VERIFIER.name };

/** True for the program that the entry asks about tokens: a system has it where a route asks who its caller is. */
export function isVerifier({ signIn }: Pick<System, "signIn">, name: string): boolean {
  return signIn !== undefined && name === VERIFIER.name;
}

/** The system with the program that the entry asks about tokens, which no description names. */
export function withVerifier(system: System): System {
  const part = verifierOf(system);
  return part === null ? system : { ...system, services: { ...system.services, [VERIFIER.name]: part } };
}

const ASKS_FOR_KEYS: Call = {
  reason: "only with the issuer's keys can a token be told from a forged one",
  onFailure: "reject",
  transactional: false,
  timeout: "2s",
  keptBy: { declined: "keeps the keys for ten minutes, and asks for them once in five seconds at most" },
};

/** Without it nobody comes in, so it is as critical as what is behind it. Who signs elsewhere is a setting of the stack. */
function verifierOf(system: System): Service | null {
  const signIn = planSignIn(system);
  if (signIn === null) return null;
  const { audience, issuer } = signIn;
  return {
    purpose: "Says to the entry who a caller is, and whether the route is for them",
    tier: "critical",
    slo: { availability: 99.95, latency: { percent: 99, within: "100ms" } },
    ...(issuer === null ? {} : { calls: { [issuer.service]: { ...ASKS_FOR_KEYS, ...answerOf(system) } } }),
    reads: {
      SIGN_IN_AUDIENCE: audience,
      ...(issuer === null
        ? {}
        : {
            SIGN_IN_ISSUER: issuer.name ?? { fact: "publicUrl", of: "self" },
            SIGN_IN_JWKS_URL: `http://${issuer.service}:${issuer.port}${issuer.keys}`,
          }),
    },
  };
}

function answerOf({ signIn }: System): Pick<Call, "answer"> {
  const answer = signIn?.issuer?.answer;
  return answer === undefined ? {} : { answer };
}
