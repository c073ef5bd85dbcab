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

  it("is somebody once addresses are left out, ports are named or pods are meant", () => {
    const outside = { ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } };
    assert.deepEqual(findings({ to: [outside] }), []);
    assert.deepEqual(findings({ to: [{ podSelector: {} }] }), []);
  });
});
