import Type from "typebox";
import type { Http } from "./http.ts";
import { unavailable } from "./refusal.ts";

const upTo = (maximum: number) => Type.Optional(Type.Integer({ minimum: 0, maximum }));
const Injection = Type.Object({
  delayMs: upTo(60_000),
  // Up to so much is added to the delay, at random.
  jitterMs: upTo(60_000),
  errorRate: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
  // Computing time that each request costs, to make an autoscaler move.
  cpuMs: upTo(1000),
});
const Memory = Type.Object({ mebibytes: Type.Integer({ minimum: 0, maximum: 65_536 }) });
const Hang = Type.Object({ seconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 600 })) });
const Exit = Type.Object({ code: upTo(255) });

const NONE = { delayMs: 0, jitterMs: 0, errorRate: 0, cpuMs: 0 };
const HANG_SECONDS = 60;
const EXIT_CODE = 1;
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
  app.put("/faults", { schema: { body: Injection } }, ({ body }) => (injected = { ...NONE, ...body }));
  app.delete("/faults", () => (injected = NONE));
  let held: Buffer[] = [];
  app.put("/faults/memory", { schema: { body: Memory } }, (request) => {
    // Outside V8's heap, and written to, so that the kernel really hands it out.
    held = Array.from({ length: request.body.mebibytes }, () => Buffer.alloc(MEBIBYTE, 1));
    return { mebibytes: held.length };
  });
  app.post("/faults/hang", { schema: { body: Hang } }, (request, reply) => {
    const { seconds = HANG_SECONDS } = request.body;
    void reply.code(202).send({ hanging: seconds });
    setTimeout(() => block(seconds * 1000), 50);
  });
  app.post("/faults/exit", { schema: { body: Exit } }, (request, reply) => {
    const { code = EXIT_CODE } = request.body;
    void reply.code(202).send({ exiting: code });
    setTimeout(() => process.exit(code), 50);
  });
}

/** Occupies the event loop, so that nothing is answered, probes included. */
function block(ms: number): void {
  const end = Date.now() + ms;
  while (Date.now() < end);
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
