/** Secrets and ConfigMaps that a declared object makes once it is in the cluster. */

import type { Graph } from "../resources/graph.ts";
import { plainObject, property, type Props, type Resource } from "../resources/resource.ts";
import type { ConfigKind } from "./config-refs.ts";

/** An object to come; `keys` is undefined where only its maker knows them. */
export interface Made {
  readonly kind: ConfigKind;
  /** undefined for every namespace. */
  readonly namespace: string | undefined;
  readonly name: string;
  readonly keys: readonly string[] | undefined;
  readonly by: Resource;
}
type Making = Pick<Made, "name"> & Partial<Pick<Made, "kind" | "namespace" | "keys">>;

/** What makes the object that a reference means, if anything declared does. */
export function makerOf(graph: Graph, kind: ConfigKind, namespace: string, name: string): Made | undefined {
  const made = graph.once("made objects", () => graph.resources.flatMap(madeBy));
  return made.find((one) => one.kind === kind && one.name === name && (one.namespace ?? namespace) === namespace);
}

function madeBy(resource: Resource): Made[] {
  try {
    const makes = MAKERS[resource.kind.slice(resource.kind.indexOf("/") + 1)] ?? (() => []);
    return [...makes(plainObject<Props>(property(resource, "spec")), resource), ...certificatesOf(resource)].map(
      ({ kind = "Secret", name, keys, ...place }) => ({
        kind,
        name,
        keys,
        namespace: "namespace" in place ? place.namespace : resource.namespace,
        by: resource,
      }),
    );
  } catch {
    return []; // known only after deployment
  }
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
const below = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => plainObject<Props>(inner)[key], value);
const keysBelow = (value: unknown, ...path: readonly string[]): string[] =>
  Object.keys(plainObject<Props>(below(value, ...path)));
const listBelow = (value: unknown, ...path: readonly string[]): Props[] => {
  const list = below(value, ...path);
  return Array.isArray(list) ? list.map((one) => plainObject<Props>(one) as Props) : [];
};
const TLS_KEYS = ["tls.crt", "tls.key", "ca.crt"];

/** Makers by kind, whatever their group: the words of the operators that people run most. */
const MAKERS: Readonly<Record<string, (spec: Props, resource: Resource) => Making[]>> = {
  ExternalSecret: externalSecret,
  ClusterExternalSecret: (spec, resource) =>
    externalSecret(plainObject<Props>(spec["externalSecretSpec"]) as Props, {
      ...resource,
      name: text(spec["externalSecretName"]) ?? resource.name,
    }).map((made) => ({ ...made, namespace: undefined })),
  SealedSecret: (spec, { name }) => [
    {
      name: text(below(spec, "template", "metadata", "name")) ?? name,
      keys: [...keysBelow(spec, "encryptedData"), ...keysBelow(spec, "template", "data")],
    },
  ],
  SecretProviderClass: (spec) =>
    listBelow(spec, "secretObjects").map((one) => ({
      name: text(one["secretName"]) ?? "",
      keys: listBelow(one, "data").flatMap(({ key }) => text(key) ?? []),
    })),
  Certificate: (spec) => {
    const stores = Object.entries(plainObject<Props>(spec["keystores"])).flatMap(([kind]) =>
      kind === "jks" ? ["keystore.jks", "truststore.jks"] : ["keystore.p12", "truststore.p12"],
    );
    return [{ name: text(spec["secretName"]) ?? "", keys: [...TLS_KEYS, ...stores, "tls-combined.pem", "key.der"] }];
  },
  Bundle: (_, { name }) => (["ConfigMap", "Secret"] as const).map((kind) => ({ kind, name, namespace: undefined })),
  VaultStaticSecret: destination,
  VaultDynamicSecret: destination,
  VaultPKISecret: destination,
  InfisicalSecret: (spec) => [{ name: text(below(spec, "managedSecretReference", "secretName")) ?? "" }],
  BitwardenSecret: (spec) => [{ name: text(spec["secretName"]) ?? "" }],
  OnePasswordItem: (_, { name }) => [{ name }],
  DopplerSecret: (spec) => [{ name: text(below(spec, "managedSecret", "name")) ?? "" }],
  KafkaUser: (_, { name }) => [{ name }],
  Kafka: (_, { name }) => ["cluster-ca-cert", "clients-ca-cert"].map((part) => ({ name: `${name}-${part}` })),
  Cluster: (_, { name }) => ["app", "superuser", "ca", "server"].map((part) => ({ name: `${name}-${part}` })),
};

function externalSecret(spec: Props, { name }: Pick<Resource, "name">): Making[] {
  const templated = keysBelow(spec, "target", "template", "data");
  const merged = below(spec, "target", "template", "mergePolicy") === "Merge" || templated.length === 0;
  const open =
    listBelow(spec, "dataFrom").length > 0 || listBelow(spec, "target", "template", "templateFrom").length > 0;
  const taken = listBelow(spec, "data").flatMap(({ secretKey }) => text(secretKey) ?? []);
  const made = text(below(spec, "target", "name")) ?? name;
  return [open ? { name: made } : { name: made, keys: [...templated, ...(merged ? taken : [])] }];
}

function destination(spec: Props): Making[] {
  return [{ name: text(below(spec, "destination", "name")) ?? "" }];
}

/** Certificates that cert-manager issues for an entry that asks with an annotation. */
function certificatesOf({ kind, metadata, props }: Resource): Making[] {
  if (kind !== "Ingress" && kind !== "Gateway") return [];
  if (!Object.keys(metadata.annotations ?? {}).some((name) => name.startsWith("cert-manager.io/"))) return [];
  const hosts = listBelow(props, "spec", "tls").map(({ secretName }) => secretName);
  const listeners = listBelow(props, "spec", "listeners").flatMap((one) => listBelow(one, "tls", "certificateRefs"));
  return [...hosts, ...listeners.map(({ name }) => name)].map((name) => ({ name: text(name) ?? "", keys: TLS_KEYS }));
}
