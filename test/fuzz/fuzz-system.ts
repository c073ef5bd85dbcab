import assert from "node:assert/strict";
import { planSystem } from "../../model/plan.ts";
import type { System } from "../../model/system.ts";
import { callerIn, type SystemLab } from "../../systems/system-lab.ts";
import { fuzzRoutes } from "./fuzz-routes.ts";

/** Fuzzes every public route of the services of a system that are on the kit, and expects each to be as well as before. */
export async function fuzzSystem<Service extends string>(
  lab: SystemLab<Service>,
  system: System<Service, string, string>,
  authorization: string | null = null,
): Promise<void> {
  const planned = planSystem(system, "dev");
  const kit = (service: string) =>
    planned.workloads.some(({ name, source }) => name === service && source.kind === "kit");
  const publicOnKit = (Object.keys(system.services) as Service[]).filter(
    (service) => planned.entry?.routes.some((route) => route.service === service) && kit(service),
  );
  for (const service of publicOnKit) {
    const routes = await lab.routes(service);
    assert.ok(routes.length > 0, service);
    const sent = await fuzzRoutes(lab.address(service), routes, { authorization, caller: callerIn(planned) });
    assert.ok(sent >= routes.length * 10, `${service}: ${sent} requests`);
    assert.equal((await fetch(`${lab.address(service)}/healthz/ready`)).status, 200, service);
  }
}
