import type { Http } from "./http.ts";

/** Phases of a process: it starts, serves, and stops. */
export interface Phase {
  current: "starting" | "serving" | "stopping";
}

/**
 * The three probe paths. None asks the database or Kafka: their outage must not take every pod out of service or restart it.
 * Liveness says nothing but that the event loop still turns, which is what a hung process cannot say.
 */
export function healthRoutes(app: Http, phase: Phase): void {
  const answer = (healthy: boolean) => ({ status: healthy ? 200 : 503, body: { phase: phase.current } });
  const serve = (path: string, healthy: () => boolean) =>
    app.get(path, { logLevel: "silent" }, (_request, reply) => {
      const { status, body } = answer(healthy());
      return reply.code(status).send(body);
    });
  serve("/healthz/started", () => phase.current !== "starting");
  serve("/healthz/ready", () => phase.current === "serving");
  serve("/healthz/live", () => true);
}
