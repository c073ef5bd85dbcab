import type { System } from "../../system.ts";
import type { OwnIssuer } from "../../words/access.ts";
import { answerOfService } from "./answers.ts";

/** A service of the system that signs the tokens of its callers. */
export interface OwnIssuerPlan {
  readonly service: string;
  /** Port of its Service, and of its pods. */
  readonly port: number;
  readonly listens: number;
  /** Path of its public keys. */
  readonly keys: string;
  /** What its tokens name as their issuer; null for the public address of the system. */
  readonly name: string | null;
}

/** Who signs callers in, and for what. */
export interface SignInPlan {
  readonly audience: string;
  /** Null where it is the platform's. */
  readonly issuer: OwnIssuerPlan | null;
}

/** Null where no route asks who its caller is. */
export function planSignIn(system: System): SignInPlan | null {
  if (system.signIn === undefined) return null;
  const { audience, issuer } = system.signIn;
  return { audience, issuer: issuer === undefined ? null : planIssuer(system, issuer) };
}

function planIssuer(system: System, { service, keys, name, answer }: OwnIssuer): OwnIssuerPlan {
  const { known, listens } = answerOfService(system, service, answer);
  return { service, port: known, listens, keys, name: name ?? null };
}
