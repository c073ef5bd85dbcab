/** What every object of the Kubernetes API has. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

const irregular: Record<string, string> = {
  GatewayClass: "gatewayclasses",
  StorageClass: "storageclasses",
  NetworkPolicy: "networkpolicies",
};

/** Path of an object in the API. */
export function objectPath({ apiVersion, kind, metadata }: KubeObject): string {
  const group = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const namespace = metadata.namespace === undefined ? "" : `/namespaces/${metadata.namespace}`;
  return `${group}${namespace}/${irregular[kind] ?? `${kind.toLowerCase()}s`}/${metadata.name}`;
}
