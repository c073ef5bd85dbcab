import assert from "node:assert/strict";
import { ask } from "../testing/asked.ts";

const pod = (key: string): object => ({
  containers: [{ name: "a", env: [{ name: "X", valueFrom: { secretKeyRef: { name: "made", key } } }] }],
});
const reader = (key: string): object => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "reader", namespace: "shop" },
  spec: { template: { spec: pod(key) } },
});
const object = (apiVersion: string, kind: string, name: string, spec: object): object => ({
  apiVersion,
  kind,
  metadata: { name, namespace: "shop" },
  spec,
});
const MAKERS = [
  object("external-secrets.io/v1", "ExternalSecret", "x", { target: { name: "made" }, data: [{ secretKey: "key" }] }),
  object("external-secrets.io/v1", "ExternalSecret", "made", { dataFrom: [{ extract: { key: "all" } }] }),
  object("external-secrets.io/v1", "ExternalSecret", "made", { target: { template: { data: { key: "{{ .a }}" } } } }),
  object("external-secrets.io/v1", "ClusterExternalSecret", "x", {
    externalSecretSpec: { target: { name: "made" }, data: [{ secretKey: "key" }] },
  }),
  object("bitnami.com/v1alpha1", "SealedSecret", "made", { encryptedData: { key: "AgB" } }),
  object("secrets-store.csi.x-k8s.io/v1", "SecretProviderClass", "x", {
    secretObjects: [{ secretName: "made", data: [{ key: "key" }] }],
  }),
  object("secrets.hashicorp.com/v1beta1", "VaultStaticSecret", "x", { destination: { name: "made" } }),
  object("kafka.strimzi.io/v1beta2", "KafkaUser", "made", {}),
];

describe("a Secret that a declared object makes", () => {
  for (const maker of MAKERS)
    it(`exists: ${JSON.stringify(maker).slice(0, 90)}`, () =>
      assert.deepEqual(ask("env-resolves", [maker as never, reader("key") as never]).found, []));

  it("has the keys that its maker names, and no others", () => {
    const [found = ""] = ask("env-resolves", [MAKERS[0] as never, reader("other") as never]).found;
    assert.match(found, /key other of Secret made/);
  });

  it("is made in the namespace of its maker only", () => {
    const elsewhere = { ...MAKERS[0], metadata: { name: "x", namespace: "tools" } };
    assert.equal(ask("env-resolves", [elsewhere as never, reader("key") as never]).found.length, 1);
  });

  it("may be a certificate, mounted or at an entry", () => {
    const certificate = object("cert-manager.io/v1", "Certificate", "x", { secretName: "tls" });
    const volumes = [{ name: "tls", secret: { secretName: "tls", items: [{ key: "tls.crt", path: "a" }] } }];
    const mounting = object("apps/v1", "Deployment", "d", { template: { spec: { containers: [], volumes } } });
    assert.deepEqual(ask("config-resolves", [certificate as never, mounting as never]).found, []);
    const ingress = object("networking.k8s.io/v1", "Ingress", "i", { tls: [{ secretName: "tls" }] });
    assert.deepEqual(ask("certificate-exists", [certificate as never, ingress as never]).found, []);
    assert.equal(ask("certificate-exists", [ingress as never]).found.length, 1);
  });
});
