import { STATUS_CODES } from "node:http";
import type { FastifyReply } from "fastify";
import { correlation } from "../process/correlation.ts";

/** Why a request came to nothing: its status, a word for programs, a sentence for people. */
export interface Reason {
  readonly status: number;
  readonly error: string;
  readonly message: string;
}

/** Tells a client why, in the form of RFC 9457; `error` and the correlation id are members of our own. */
export function tellProblem(reply: FastifyReply, { status, error, message }: Reason): FastifyReply {
  const problem = {
    type: "about:blank", // the status says what kind it is
    title: STATUS_CODES[status] ?? "Unknown",
    status,
    detail: message,
    error,
    correlationId: correlation()?.correlationId,
  };
  // As text: the server would take an object for JSON of no special kind.
  return reply.code(status).type("application/problem+json").send(JSON.stringify(problem));
}
