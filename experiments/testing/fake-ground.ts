import { planSystem } from "../../model/plan.ts";
import { fishdelivery } from "../../systems/fishdelivery/system.ts";
import { traffic } from "../../systems/fishdelivery/traffic.ts";
import type { ApiAnswer, ApiCall, Ground } from "../ground.ts";
import type { Broken, BrokenRecord } from "../run/broken.ts";
import type { Fault, KnownServer } from "./known-server.ts";

/** A system that is one known server behind an API server that says all is well. `PUT /fault` breaks it, `DELETE /fault` repairs it. */
export function fakeGround(server: KnownServer, entry: string): Ground {
  const plan = planSystem(fishdelivery, "dev");
  return { plan, traffic, entry, node: null, watched: false, api: (call) => Promise.resolve(answer(server, call)) };
}

function answer(server: KnownServer, { method, path, body }: ApiCall): ApiAnswer {
  if (path === "/fault") {
    server.fault = method === "PUT" ? (body as Fault) : {};
    return { status: 200, body: {} };
  }
  const name = /name%3D([a-z]+)/.exec(path)?.[1] ?? "order";
  if (path.includes("/deployments")) return { status: 200, body: { items: [workload(name)] } };
  if (path.includes("/pods")) return { status: 200, body: { items: [pod(name)] } };
  return { status: 404, body: {} };
}

const workload = (name: string) => ({
  metadata: { name, generation: 1 },
  spec: { replicas: 1, template: { spec: { containers: [] } } },
  status: { observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 1 },
});

const pod = (name: string) => ({
  metadata: { name: `${name}-1`, uid: name, labels: { "app.kubernetes.io/name": name } },
  status: { conditions: [{ type: "Ready", status: "True" }], containerStatuses: [] },
});

/** A record that is forgotten with the test. */
export function recordInMemory(): BrokenRecord {
  let all: Broken[] = [];
  return {
    all: () => all,
    add: (broken) => void (all = [...all, broken]),
    remove: (id) => void (all = all.filter((other) => other.id !== id)),
  };
}
