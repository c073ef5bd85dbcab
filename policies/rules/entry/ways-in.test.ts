import assert from "node:assert/strict";
import type { Props } from "../../resources/resource.ts";
import { ask, askGood } from "../../testing/asked.ts";

const ALB = "alb.ingress.kubernetes.io";
const ingress = (annotations: object, backend: object, apiVersion = "networking.k8s.io/v1"): Props => ({
  apiVersion,
  kind: "Ingress",
  metadata: { name: "site", namespace: "shop", annotations },
  spec: { ingressClassName: "alb", rules: [{ http: { paths: [{ path: "/a", backend }] } }] },
});
const named = (name: string, port: object): object => ({ service: { name, port } });

describe("an Ingress of a load balancer", () => {
  it("speaks TLS where its annotations say so", () => {
    const ports = '[{"HTTP": 80}, {"HTTPS": 443}]';
    for (const [annotations, wrong] of [
      [{ [`${ALB}/certificate-arn`]: "arn", [`${ALB}/listen-ports`]: ports }, 0],
      [{ [`${ALB}/listen-ports`]: ports }, 0], // it finds the certificate by its hosts
      [{ [`${ALB}/certificate-arn`]: "arn" }, 0],
      [{ [`${ALB}/certificate-arn`]: "arn", [`${ALB}/listen-ports`]: '[{"HTTP": 80}]' }, 1],
      [{}, 1],
    ] as const)
      assert.equal(ask("ingress-tls", [ingress(annotations, named("a", {}))]).found.length, wrong);
  });
  it("leads to actions that an annotation describes", () => {
    const action = named("soon", { name: "use-annotation" });
    assert.deepEqual(ask("ingress-backend-exists", [ingress({ [`${ALB}/actions.soon`]: "{}" }, action)]).found, []);
    assert.equal(ask("ingress-backend-exists", [ingress({}, action)]).found.length, 1);
  });
  it("has no targets at a Service without node ports", () => {
    for (const [type, how, wrong] of [
      ["ip", "ClusterIP", 0],
      ["instance", "ClusterIP", 1],
      [undefined, undefined, 1],
      ["instance", "NodePort", 0],
    ] as const) {
      const edits = {
        "+": [ingress(type ? { [`${ALB}/target-type`]: type } : {}, named("order", { number: 8080 }))],
        "Service/order spec.type": how,
      };
      assert.equal(askGood("balancer-reaches-targets", edits).found.length, wrong);
    }
  });
  it("of the first version has no fields of the version before", () => {
    const old = { serviceName: "order", servicePort: 8080 };
    assert.match(askGood("ingress-backend-exists", { "+": [ingress({}, old)] }).found[0] ?? "", /v1 does not know/);
    assert.deepEqual(
      askGood("ingress-backend-exists", { "+": [ingress({}, old, "networking.k8s.io/v1beta1")] }).found,
      [],
    );
  });
});

const route = (name: string, spec: object, rule: object, kind = "HTTPRoute"): Props => ({
  apiVersion: "gateway.networking.k8s.io/v1",
  kind,
  metadata: { name, namespace: "shop" },
  spec: { parentRefs: [{ name: "entry" }], ...spec, rules: [rule] },
});
const orders = { path: { value: "/orders" } };

describe("two routes of one path", () => {
  const twice = (spec: object, match: object): number =>
    ask("routes-are-distinct", [
      route("one", { hostnames: ["a", "b"] }, { matches: [orders] }),
      route("two", { hostnames: ["b"], ...spec }, { matches: [{ ...orders, ...match }] }),
    ]).found.length;
  it("are one too many unless something tells their requests apart", () => {
    assert.equal(twice({}, {}), 1);
    assert.equal(twice({ hostnames: ["c"] }, {}), 0);
    assert.equal(twice({ parentRefs: [{ name: "other" }] }, {}), 0);
    assert.equal(twice({ parentRefs: [{ name: "entry", sectionName: "http" }] }, {}), 0);
    assert.equal(twice({}, { method: "GET" }), 0);
    assert.equal(twice({}, { headers: [{ name: "x-canary", value: "1" }] }), 0);
    assert.equal(twice({}, { queryParams: [{ name: "v", value: "2" }] }), 0);
  });
});

describe("a route of any kind", () => {
  it("leads to a Service that exists", () => {
    for (const kind of ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"])
      assert.equal(
        askGood("route-reaches-port", { "+": [route("x", {}, { backendRefs: [{ name: "ordr", port: 1 }] }, kind)] })
          .found.length,
        1,
      );
  });
  it("needs no rate limit where it only redirects", () => {
    const redirect = route("x", {}, { matches: [orders], filters: [{ type: "RequestRedirect" }] });
    assert.deepEqual(ask("routes-are-limited", [redirect]).found, []);
  });
  it("is taken by a listener of its parent", () => {
    const taken = (listener: object, spec: object = {}, kind = "HTTPRoute"): number =>
      askGood("route-has-parent", {
        "Gateway/entry spec.listeners": [{ name: "https", protocol: "HTTPS", port: 443, ...listener }],
        "+": [route("x", spec, {}, kind)],
      }).found.length;
    assert.equal(taken({}), 0);
    assert.equal(taken({}, { parentRefs: [{ name: "entry", sectionName: "http" }] }), 1);
    assert.equal(taken({}, {}, "TCPRoute"), 1);
    assert.equal(taken({ hostname: "*.example.com" }, { hostnames: ["a.example.com"] }), 0);
    assert.equal(taken({ hostname: "*.example.com" }, { hostnames: ["example.org"] }), 1);
  });
  it("of another namespace is taken only where the listener says so", () => {
    const gateway = (from: object | undefined): Props => ({
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "Gateway",
      metadata: { name: "entry", namespace: "edge" },
      spec: { listeners: [{ name: "https", protocol: "HTTPS", allowedRoutes: { namespaces: from } }] },
    });
    const away = route("x", { parentRefs: [{ name: "entry", namespace: "edge" }] }, {});
    const labels = { selector: { matchLabels: { "kubernetes.io/metadata.name": "shop" } } };
    for (const [from, wrong] of [
      [undefined, 1],
      [{ from: "Same" }, 1],
      [{ from: "All" }, 0],
      [{ from: "Selector", ...labels }, 0],
    ] as const)
      assert.equal(ask("route-has-parent", [gateway(from), away]).found.length, wrong);
    assert.equal(ask("route-has-parent", [away]).unknown.length, 1);
  });

  it("to what is for the platform alone are judged by where they lead, not by what they are called", () => {
    const found = (value: string, replaceFullPath: string) =>
      askGood("faults-stay-inside", {
        "HTTPRoute/order spec.rules[+]": {
          matches: [{ path: { type: "PathPrefix", value } }],
          filters: [{ type: "URLRewrite", urlRewrite: { path: { type: "ReplaceFullPath", replaceFullPath } } }],
          backendRefs: [{ name: "order", port: 8080 }],
        },
      }).found.length;
    assert.equal(found("/actuator", "/nowhere"), 0);
    assert.equal(found("/nowhere", "/faults"), 1);
  });
});
