import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
  type FastifyTypeProvider,
  type RawReplyDefaultExpression,
  type RawRequestDefaultExpression,
  type RawServerDefault,
} from "fastify";
import type { Static, TSchema } from "typebox";
import { continueCorrelation, withCorrelation } from "../process/correlation.ts";
import { isTransient } from "../database/database-error.ts";
import type { Log } from "../process/log.ts";
import { metrics } from "../process/metrics.ts";
import { shortened } from "../process/shortened.ts";
import { tellProblem } from "./problem.ts";
import { subjectOf } from "./caller.ts";
import { Refusal } from "./refusal.ts";
import { validatorFor } from "./validation.ts";

interface TypeBoxProvider extends FastifyTypeProvider {
  validator: this["schema"] extends TSchema ? Static<this["schema"]> : unknown;
  serializer: this["schema"] extends TSchema ? Static<this["schema"]> : unknown;
}

export type Http = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  Log,
  TypeBoxProvider
>;

const BODY_LIMIT_BYTES = 64 * 1024;
const REQUEST_TIMEOUT_MS = 10_000;
// Longer than the 60 s of a load balancer, so that it never reuses a connection we are just closing.
const KEEP_ALIVE_MS = 72_000;
/** What never comes to a route. */
const BAD_ADDRESS = { error: "refused", message: "This address cannot be read, or a part of it is too long." };
/** The status of nginx for a client that did not wait for the answer. */
const CLIENT_CLOSED_REQUEST = 499;

/** An HTTP server with limits, schemas, correlation ids, request metrics and one error format. */
export function createHttp(settings: { version: string; pod: string }, log: Log, stopping: () => boolean): Http {
  const app: Http = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // While stopping, requests on open connections are still answered; the connection is then closed.
    return503OnClosing: false,
    forceCloseConnections: "idle",
    routerOptions: { maxParamLength: 64 },
    frameworkErrors: ({ statusCode: status = 400 }, _request, reply) =>
      void tellProblem(reply, { ...BAD_ADDRESS, status }),
  }).withTypeProvider<TypeBoxProvider>();
  app.setValidatorCompiler<TSchema>(validatorFor);

  app.addHook("onRequest", (request, reply, done) => {
    const { traceparent, "x-correlation-id": correlationId } = request.headers;
    const trace = continueCorrelation({ traceparent: one(traceparent), correlationId: one(correlationId) });
    reply.headers({ "x-correlation-id": trace.correlationId, "x-version": settings.version, "x-pod": settings.pod });
    if (stopping()) reply.header("connection", "close");
    withCorrelation(trace, done);
  });
  measureRequests(app, log);
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const answer = errorAnswer(error);
    if (answer.status >= 500) log.warn({ err: error }, "request failed");
    if (answer.retryAfterSeconds !== undefined) reply.header("retry-after", String(answer.retryAfterSeconds));
    return tellProblem(reply, answer);
  });
  app.setNotFoundHandler((_request, reply) =>
    tellProblem(reply, { status: 404, error: "not_found", message: "There is nothing at this address." }),
  );
  return app;
}

/** Counts and logs business requests; probes and fault switches are none. */
function measureRequests(app: Http, log: Log): void {
  const counted = (request: FastifyRequest) => !/^\/(healthz|faults)(\/|$)/.test(request.routeOptions.url ?? "");
  app.addHook("onRequest", (request, reply, done) => {
    const begun = performance.now();
    if (counted(request)) metrics.httpInFlight.inc();
    // The one event that comes both after an answer and after a client that hung up.
    if (counted(request))
      reply.raw.once("close", () => {
        const ms = performance.now() - begun;
        const status = reply.raw.writableEnded ? reply.statusCode : CLIENT_CLOSED_REQUEST;
        const labels = {
          method: request.method,
          route: request.routeOptions.url ?? "unmatched",
          status: String(status),
        };
        metrics.httpInFlight.dec();
        metrics.httpRequests.inc(labels);
        metrics.httpDuration.observe(labels, ms / 1000);
        const caller = subjectOf(request.headers);
        log.info({ ...labels, status, ms: Math.round(ms), ...(caller && { caller }) }, "request answered");
      });
    done();
  });
}

interface ErrorAnswer {
  status: number;
  error: string;
  message: string;
  retryAfterSeconds?: number | undefined;
}

/** What the client is told: our own refusals and its own mistakes in full, of our failures nothing but that they are ours. */
function errorAnswer(error: FastifyError): ErrorAnswer {
  if (error instanceof Refusal) return error;
  if (isTransient(error))
    return {
      status: 503,
      error: "unavailable",
      message: "The data is not available at the moment; please try again shortly.",
      retryAfterSeconds: 1,
    };
  if (error.statusCode !== undefined && error.statusCode < 500)
    return { status: error.statusCode, error: "refused", message: shortened(error.message) };
  return {
    status: 500,
    error: "internal",
    message: "The request failed; quote the correlation id when asking for help.",
  };
}

function one(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
