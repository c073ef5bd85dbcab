import assert from "node:assert/strict";
import { type AwsGraph, awsGraph, inputs } from "../../../test/aws-graph.ts";

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}
interface Binding {
  readonly metadata: { readonly namespace?: string };
  readonly roleRef: { readonly name: string };
  readonly subjects: readonly { readonly namespace: string; readonly name: string }[];
}

/**
 * Every kind on which Traefik 3.6 opens an informer for its two providers (pkg/provider/kubernetes/{gateway,crd}/client.go):
 * it serves no route before each of them has listed its objects, whether there are any or not.
 */
const WATCHED: Readonly<Record<string, readonly string[]>> = {
  "": ["services", "configmaps", "secrets"],
  "discovery.k8s.io": ["endpointslices"],
  "gateway.networking.k8s.io": ["gateways", "httproutes", "grpcroutes", "referencegrants", "backendtlspolicies"],
  "traefik.io": [
    "ingressroutes",
    "ingressroutetcps",
    "ingressrouteudps",
    "middlewares",
    "middlewaretcps",
    "serverstransports",
    "serverstransporttcps",
    "tlsoptions",
    "tlsstores",
    "traefikservices",
  ],
};

describe("what a system's gateway may read", function () {
  this.timeout(30_000);
  let shop: AwsGraph;
  before(async () => void (shop = await awsGraph()));

  /** Whether the gateway of the shop may list a kind in one namespace, or in all where none is given. */
  const mayList = (group: string, resource: string, namespace?: string): boolean =>
    ["ClusterRole", "Role"].some((kind) =>
      shop.of(`kubernetes:rbac.authorization.k8s.io/v1:${kind}Binding`).some((binding) => {
        const { metadata, roleRef, subjects } = inputs(binding) as unknown as Binding;
        const ours = subjects.some((subject) => subject.name === "traefik" && subject.namespace === "shop-gateway");
        const here = kind === "ClusterRole" || metadata.namespace === namespace;
        const role = shop
          .of(`kubernetes:rbac.authorization.k8s.io/v1:${kind}`)
          .find(({ name }) => name === roleRef.name);
        return ours && here && grants(inputs(role)["rules"] as unknown as Rule[], group, resource);
      }),
    );

  it("is all that its Traefik waits for before it serves the first route", () => {
    const missing = Object.entries(WATCHED).flatMap(([group, resources]) =>
      resources.filter((resource) => !mayList(group, resource, "shop")).map((resource) => `${resource}.${group}`),
    );
    assert.deepEqual(missing, []);
    assert.ok(mayList("", "namespaces") && mayList("gateway.networking.k8s.io", "gatewayclasses"));
  });

  it("is nothing of other namespaces: neither Secrets nor routes", () => {
    for (const [group, resources] of Object.entries(WATCHED))
      for (const resource of resources) assert.ok(!mayList(group, resource, "kube-system"), resource);
  });

  it("needs no rights for nodes, and looks at one namespace", () => {
    const pods = JSON.stringify(shop.of("kubernetes:apps/v1:Deployment").find(({ name }) => name === "shop-gateway"));
    assert.match(pods, /--providers.kubernetescrd.disableclusterscoperesources=true/);
    assert.match(pods, /--providers.kubernetesgateway.namespaces=shop"/);
    assert.match(pods, /--providers.kubernetescrd.namespaces=shop"/);
    assert.ok(!mayList("", "nodes"));
  });
});

function grants(rules: readonly Rule[], group: string, resource: string): boolean {
  return rules.some(
    ({ apiGroups, resources, verbs }) =>
      apiGroups.includes(group) &&
      resources.includes(resource) &&
      ["list", "watch"].every((verb) => verbs.includes(verb)),
  );
}
