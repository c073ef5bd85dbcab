import Type from "typebox";
import type { Http } from "./http.ts";
import { unavailable } from "./refusal.ts";

const Injection = Type.Object({
  delayMs: Type.Integer({ minimum: 0, maximum: 60_000, default: 0 }),
  // Up to so much is added to the delay, at random.
  jitterMs: Type.Integer({ minimum: 0, maximum: 60_000, default: 0 }),
  errorRate: Type.Number({ minimum: 0, maximum: 1, default: 0 }),
  // Computing time that each request costs, to make an autoscaler move.
  cpuMs: Type.Integer({ minimum: 0, maximum: 1000, default: 0 }),
});
const Memory = Type.Object({ mebibytes: Type.Integer({ minimum: 0, maximum: 65_536 }) });
const Hang = Type.Object({ seconds: Type.Integer({ minimum: 1, maximum: 600, default: 60 }) });
const Exit = Type.Object({ code: Type.Integer({ minimum: 0, maximum: 255, default: 1 }) });

const NONE = { delayMs: 0, jitterMs: 0, errorRate: 0, cpuMs: 0 };
const MEBIBYTE = 1024 * 1024;

/** Faults for experiments: delay, errors, load, held memory, a blocked event loop, a sudden end. Registered only where the stage allows it. */
export function faultRoutes(app: Http): void {
  let injected = NONE;
  app.addHook("preHandler", async (request) => {
    if (/^\/(faults|healthz)/.test(request.url)) return;
    if (injected.delayMs + injected.jitterMs > 0) await sleep(injected.delayMs + Math.random() * injected.jitterMs);
    if (injected.cpuMs > 0) block(injected.cpuMs);
    if (Math.random() < injected.errorRate) throw unavailable("A fault was injected here.", 1);
  });
  app.get("/faults", () => injected);
  app.put("/faults", { schema: { body: Injection } }, (request) => (injected = request.body));
  app.delete("/faults", () => (injected = NONE));
  let held: Buffer[] = [];
  app.put("/faults/memory", { schema: { body: Memory } }, (request) => {
    // Outside V8's heap, and written to, so that the kernel really hands it out.
    held = Array.from({ length: request.body.mebibytes }, () => Buffer.alloc(MEBIBYTE, 1));
    return { mebibytes: held.length };
  });
  app.post("/faults/hang", { schema: { body: Hang } }, (request, reply) => {
    void reply.code(202).send({ hanging: request.body.seconds });
    setTimeout(() => block(request.body.seconds * 1000), 50);
  });
  app.post("/faults/exit", { schema: { body: Exit } }, (request, reply) => {
    void reply.code(202).send({ exiting: request.body.code });
    setTimeout(() => process.exit(request.body.code), 50);
  });
}

/** Occupies the event loop, so that nothing is answered, probes included. */
function block(ms: number): void {
  const end = Date.now() + ms;
  while (Date.now() < end);
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
