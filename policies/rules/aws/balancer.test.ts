import assert from "node:assert/strict";
import { judge } from "../../judging/judge.ts";
import { Graph } from "../../resources/graph.ts";
import { changed } from "../../testing/case.ts";
import { tlsRemembered } from "./balancer.ts";

const listener = { type: "aws:lb/listener:Listener", name: "tls", props: { protocol: "HTTPS" } };
const headers = (stsSeconds: number): object => ({
  apiVersion: "traefik.io/v1alpha1",
  kind: "Middleware",
  metadata: { name: "headers", namespace: "shop" },
  spec: { headers: { stsSeconds } },
});

describe("browsers that are to come by TLS only", () => {
  const findings = (...more: object[]) =>
    judge(new Graph(changed({ "+": [listener, ...more] })), [tlsRemembered], { tier: "standard", facts: {} }).findings
      .length;

  it("may be told by the gateway in place of the load balancer, for long enough", () => {
    assert.equal(findings(), 1);
    assert.equal(findings(headers(31_536_000)), 0);
    assert.equal(findings(headers(60)), 1);
  });
});
