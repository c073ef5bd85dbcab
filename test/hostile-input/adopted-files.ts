import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dump } from "js-yaml";
import { describedFrom } from "../../cli/adopt/described-from.ts";
import { reportOf } from "../../cli/adopt/report.ts";
import { descriptionText } from "../../cli/adopt/writing/text.ts";
import { visibleLines } from "../../model/harmless/visible.ts";
import type { Reader } from "./reader.ts";

const COMPOSE = {
  name: "shop",
  services: {
    front: {
      image: "front:${TAG:-1}",
      ports: ["80:80", { target: 90, published: "90" }],
      environment: { CART_URL: "http://cart:70/a", DB: "postgres://a:b@db:5432/c", KEY: "${KEY}", X: null },
      healthcheck: { test: ["CMD", "curl", "http://localhost/ready"], start_period: "1m", retries: 3 },
      depends_on: { cart: { condition: "service_healthy" } },
      volumes: ["data:/data", { type: "tmpfs", target: "/cache" }],
      deploy: { resources: { limits: { memory: "1g", cpus: "0.5" } } },
      labels: { a: "b" },
      command: "serve --at=http://cart:70",
    },
    cart: { image: "cart:1", expose: [70], extends: "base", secrets: ["s"], network_mode: "host" },
    off: { image: "off:1", profiles: ["none"] },
    base: { image: "base:1", environment: ["A=1", "B"] },
    db: { image: "postgres:17", environment: { POSTGRES_DB: "c", POSTGRES_USER: "a", POSTGRES_PASSWORD: "b" } },
  },
};
const pod = (containers: unknown[]) => ({
  spec: {
    selector: { matchLabels: { app: "a" } },
    template: { metadata: { labels: { app: "a" } }, spec: { containers } },
  },
});
const MANIFESTS = {
  apiVersion: "v1",
  kind: "List",
  items: [
    {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "a", namespace: "n" },
      ...pod([
        {
          name: "a",
          image: "a:1",
          args: ["--b=http://b:80"],
          env: [
            { name: "B_URL", value: "http://b" },
            { name: "S", valueFrom: { secretKeyRef: { name: "s", key: "k" } } },
          ],
          envFrom: [{ configMapRef: { name: "c" } }],
          ports: [{ containerPort: 80, name: "http" }],
          readinessProbe: { httpGet: { path: "/r", port: "http" } },
          volumeMounts: [{ name: "v", mountPath: "/v" }],
        },
      ]),
    },
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: { name: "a", namespace: "n" },
      spec: { selector: { app: "a" }, ports: [{ port: 80 }] },
    },
    { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "c", namespace: "n" }, data: { X: "http://a.n.svc:80" } },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: { name: "i", namespace: "n", annotations: { a: "b" } },
      spec: {
        rules: [
          { host: "h", http: { paths: [{ path: "/", backend: { service: { name: "a", port: { number: 80 } } } }] } },
        ],
      },
    },
  ],
};

const yaml = (input: unknown): string => dump(input, { skipInvalid: true });

/** What `slipway adopt` reads. */
export const adoptedFiles: readonly Reader[] = [
  { name: "files of Compose", samples: [COMPOSE], written: yaml, read: (text) => adopted(text, "compose") },
  {
    name: "manifests of somebody's cluster",
    samples: [MANIFESTS],
    written: yaml,
    read: (text) => adopted(text, "manifests"),
  },
];

/** The description and everything that is said about it. */
function adopted(text: string, kind: "compose" | "manifests"): string {
  const folder = mkdtempSync(join(tmpdir(), "slipway-hostile-"));
  try {
    const file = join(folder, "a.yaml");
    writeFileSync(file, text);
    const asked = { kind, paths: [file], profiles: [], envFiles: [], name: "shop", into: folder };
    const described = describedFrom(asked);
    const doors = { draft: "slipway", values: "slipway" };
    const written = descriptionText(described, "shop", doors, [file]);
    isTypeScript(written);
    return `${written}${visibleLines(reportOf(described, "shop", file))}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Throws what counts as a fault of ours when a description cannot be read. */
function isTypeScript(text: string): void {
  try {
    stripTypeScriptTypes(text);
  } catch (error) {
    throw new TypeError(`no TypeScript: ${String(error)}`);
  }
}
