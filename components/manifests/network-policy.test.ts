import assert from "node:assert/strict";
import { serviceAt, workloadOf } from "../../test/shop.ts";
import type { BrokerConnection, EntryConnection, StoreConnection } from "../platform.ts";
import { egressOf, ingressOf } from "./edges.ts";
import { allow, allowDns, denyAll } from "./network-policy.ts";
import { podsIn, podsNamed, PROMETHEUS } from "./peers.ts";

const broker = { peers: [podsNamed("kafka")], port: 9092 } as unknown as BrokerConnection;
const database = { peers: [podsNamed("mariadb")], port: 3306 } as unknown as StoreConnection;
const metrics = { port: 9464, path: "/metrics" };
const nobody = { broker: null, stores: [], entry: null, outside: [], traces: null };
const entry = { peers: [podsIn("traefik", { app: "traefik" })] } as unknown as EntryConnection;

describe("network policies", () => {
  it("deny both directions to every pod of the namespace unless another one allows", () => {
    assert.deepEqual(denyAll(serviceAt("order")).spec, { podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  });

  it("let every pod ask the name service, over both transports", () => {
    const { egress } = allowDns(serviceAt("order")).spec as {
      egress: { ports: { protocol: string; port: number }[] }[];
    };
    assert.deepEqual(
      egress[0]?.ports.filter(({ port }) => port === 53),
      [
        { protocol: "UDP", port: 53 },
        { protocol: "TCP", port: 53 },
      ],
    );
  });

  it("open a service to its declared callers alone", () => {
    const rules = ingressOf(workloadOf("card-check").network, metrics, nobody);
    assert.deepEqual(rules, [
      { peers: [podsNamed("order")], port: 8080 },
      { peers: [PROMETHEUS], port: 9464 },
    ]);
  });

  it("open a service with routes to the entry, but not its metrics", () => {
    const rules = ingressOf(workloadOf("order").network, metrics, { ...nobody, entry });
    assert.deepEqual(rules, [
      { peers: entry.peers, port: 8080 },
      { peers: [PROMETHEUS], port: 9464 },
    ]);
  });

  it("let a service out to its callees, Kafka and its own database", () => {
    const rules = egressOf(workloadOf("order").network, { ...nobody, broker, stores: [database] });
    assert.deepEqual(
      rules.map(({ port }) => port),
      [8080, 9092, 3306],
    );
    assert.deepEqual(rules[0]?.peers, [podsNamed("card-check")]);
  });

  it("never turn an empty list of peers into everybody", () => {
    const rules = egressOf(workloadOf("card-check").network, nobody);
    const { spec } = allow(serviceAt("card-check"), [{ peers: [], port: 8080 }], rules);
    assert.deepEqual((spec as { ingress: unknown[]; egress: unknown[] }).ingress, []);
    assert.deepEqual((spec as { ingress: unknown[]; egress: unknown[] }).egress, []);
  });
});
