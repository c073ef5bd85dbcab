import type { Socket } from "node:net";
import type { Http } from "./http.ts";

/**
 * A caller that keeps its connections keeps its replicas: those that come later get nothing, however busy the others are,
 * because a Service chooses a pod for a connection and not for a request. So no connection grows older than this, in ms.
 */
const MAX_AGE_MS = 10_000;
/** Connections that began together do not end together: each lives this share of the time at least. */
const MIN_SHARE = 0.7;

/** Asks whoever has called over a connection for long to open another: with the answer, so that no request is lost. */
export function endOldConnections(app: Http, maxAgeMs = MAX_AGE_MS): void {
  const ends = new WeakMap<Socket, number>();
  app.server.on("connection", (socket: Socket) => {
    const share = MIN_SHARE + Math.random() * (1 - MIN_SHARE);
    ends.set(socket, performance.now() + maxAgeMs * share);
  });
  app.addHook("onSend", (request, reply, _payload, done) => {
    if (performance.now() > (ends.get(request.raw.socket) ?? Infinity)) reply.header("connection", "close");
    done();
  });
}
