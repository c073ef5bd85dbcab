import { X509Certificate, randomBytes } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CertificateRequest, KeyPair } from "./certificates.ts";
import { addresses } from "../config/cluster-config.ts";
import type { ClusterConfig } from "../config/cluster-config.ts";
import { writeAtomically } from "../../machine/write-atomically.ts";

/** Separate authorities, so that a client of one door opens no other: the API, etcd, and the API server as a proxy. */
type Authority = "cluster" | "etcd" | "front-proxy";

const renewBefore = 30 * 24 * 3600 * 1000; // ms; a cluster that runs for weeks gets new certificates at its next `up`

/** Every certificate of the cluster by file name. */
export function certificateRequests(
  config: ClusterConfig,
): Record<string, CertificateRequest & { readonly by: Authority }> {
  const { node, apiService } = addresses(config);
  const nodeName = `slipway-${config.name}`;
  const apiNames = [
    "kubernetes",
    "kubernetes.default",
    "kubernetes.default.svc",
    "kubernetes.default.svc.cluster.local",
  ];
  const client = (commonName: string, organization?: string) =>
    ({ by: "cluster", usage: "client", commonName, ...(organization === undefined ? {} : { organization }) }) as const;
  return {
    "etcd-server": { by: "etcd", usage: "peer", commonName: "etcd", hosts: ["127.0.0.1", "localhost"] },
    "etcd-client": { by: "etcd", usage: "client", commonName: "kube-apiserver" },
    "front-proxy-client": { by: "front-proxy", usage: "client", commonName: "front-proxy-client" },
    apiserver: {
      by: "cluster",
      usage: "server",
      commonName: "kube-apiserver",
      hosts: [...apiNames, "localhost", "127.0.0.1", node, apiService],
    },
    "apiserver-kubelet-client": client("kube-apiserver-kubelet-client", "system:masters"),
    kubelet: client(`system:node:${nodeName}`, "system:nodes"),
    "kubelet-server": { by: "cluster", usage: "server", commonName: nodeName, hosts: [nodeName, node, "127.0.0.1"] },
    "metrics-server": {
      by: "cluster",
      usage: "server",
      commonName: "metrics-server",
      hosts: ["metrics-server.metrics-server.svc", "metrics-server.metrics-server.svc.cluster.local"],
    },
    "controller-manager": client("system:kube-controller-manager"),
    scheduler: client("system:kube-scheduler"),
    "kube-proxy": client("system:kube-proxy"),
    "network-policy-controller": client("slipway:network-policy-controller"),
    "volume-provisioner": client("slipway:volume-provisioner"),
    admin: client("slipway-admin", "system:masters"),
  };
}

/** Makes what is missing or about to expire under `folder`, keeps the rest, and returns the names it made. */
export async function ensurePki(config: ClusterConfig, folder: string): Promise<string[]> {
  const requests = Object.entries(certificateRequests(config));
  const stale = requests.filter(([name, request]) => !isGood(folder, name, request));
  const hasKeys = existsSync(join(folder, "service-account.key")) && existsSync(join(folder, "encryption.key"));
  if (stale.length === 0 && hasKeys) return [];
  const make = await import("./certificates.ts"); // loads slowly, so only when something has to be made
  if (!hasKeys) {
    const keys = await make.createKeyPair();
    writeAtomically(join(folder, "service-account.pub"), keys.publicKey);
    writeAtomically(join(folder, "encryption.key"), randomBytes(32).toString("base64"));
    writeAtomically(join(folder, "service-account.key"), keys.privateKey);
  }
  for (const [name, { by, ...request }] of stale) {
    const authority = await ensureAuthority(folder, by, make.createAuthority);
    writePair(folder, name, await make.issue(authority, request));
  }
  return stale.map(([name]) => name);
}

async function ensureAuthority(
  folder: string,
  by: Authority,
  create: (name: string) => Promise<KeyPair>,
): Promise<KeyPair> {
  const name = `${by}-ca`;
  if (!existsSync(join(folder, `${name}.crt`))) writePair(folder, name, await create(`slipway ${by} authority`));
  return {
    certificate: readFileSync(join(folder, `${name}.crt`), "utf8"),
    key: readFileSync(join(folder, `${name}.key`), "utf8"),
  };
}

/** The certificate comes last: where it exists, its key does too. */
function writePair(folder: string, name: string, pair: KeyPair): void {
  writeAtomically(join(folder, `${name}.key`), pair.key);
  writeAtomically(join(folder, `${name}.crt`), pair.certificate);
}

function isGood(folder: string, name: string, request: CertificateRequest & { readonly by: Authority }): boolean {
  try {
    const certificate = new X509Certificate(readFileSync(join(folder, `${name}.crt`)));
    const authority = new X509Certificate(readFileSync(join(folder, `${request.by}-ca.crt`)));
    const hosts = request.hosts ?? [];
    return (
      certificate.verify(authority.publicKey) &&
      new Date(certificate.validTo).getTime() - Date.now() > renewBefore &&
      hosts.every((host) => certificate.subjectAltName?.includes(`:${host}`))
    );
  } catch {
    return false; // missing or damaged
  }
}
