import assert from "node:assert/strict";
import { judge } from "../../judging/judge.ts";
import { Graph } from "../../resources/graph.ts";
import { changed } from "../../testing/case.ts";
import { egressIsLimited } from "./egress.ts";

const rule = "NetworkPolicy/order spec.egress[0]";
const findings = (egress: object) =>
  judge(new Graph(changed({ [rule]: egress })), [egressIsLimited], { tier: "standard", facts: {} }).findings.map(
    ({ path, found }) => `${path}: ${found}`,
  );

describe("where a network policy lets pods send to", () => {
  it("is everybody for a rule that says nothing, and for one that names every address", () => {
    assert.deepEqual(findings({}), ["spec.egress[0]: no to, which is everybody"]);
    assert.deepEqual(findings({ to: [] }), ["spec.egress[0]: no to, which is everybody"]);
    for (const cidr of ["0.0.0.0/0", "::/0"])
      assert.deepEqual(findings({ to: [{ ipBlock: { cidr } }] }), ["spec.egress[0].to: every address at every port"]);
    assert.equal(findings({ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: [{ protocol: "TCP" }] }).length, 1);
  });

  /** Order as its description has it, which asks these ports outside. */
  const declared = (outside: readonly number[], egress: object, more: object = {}) =>
    judge(
      new Graph(
        changed({
          [rule]: egress,
          "Microservice/order plan.outside": outside.map((port) => ({ name: "x", host: "x.example.org", port })),
          ...more,
        }),
      ),
      [egressIsLimited],
      { tier: "standard", facts: {} },
    ).findings.map(({ path, found }) => `${path}: ${found}`);
  const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"];
  const world = (port: number, except = PRIVATE) => ({
    to: [{ ipBlock: { cidr: "0.0.0.0/0", except } }],
    ports: [{ protocol: "TCP", port }],
  });

  it("is a third party at the port that the description names, and at no other", () => {
    assert.deepEqual(declared([443], world(443)), []);
    assert.deepEqual(declared([443], world(8443)), ["spec.egress[0]: every address at port 8443"]);
    assert.deepEqual(declared([], world(443)), ["spec.egress[0]: every address at port 443"]);
  });

  it("is no neighbour and not the cloud's metadata behind a third party's port", () => {
    assert.deepEqual(declared([443], world(443, ["10.0.0.0/8"])), [
      "spec.egress[0].to: third parties in 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16",
    ]);
  });

  it("may be anywhere for a store that was there before, but for the cloud's metadata", () => {
    const plan = { name: "shop", existingStores: [{ name: "search", services: ["order"] }] };
    const existing = { "+": [{ type: "slipway:system:System", name: "shop", props: { plan } }] };
    assert.deepEqual(declared([], world(9200, ["169.254.0.0/16"]), existing), []);
    assert.equal(declared([], world(9200, []), existing).length, 1);
  });

  it("is somebody once addresses are left out, ports are named or pods are meant", () => {
    const outside = { ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } };
    assert.deepEqual(findings({ to: [outside] }), []);
    assert.deepEqual(findings({ to: [{ podSelector: {} }] }), []);
  });
});
