import type { Config } from "../../views/config-refs.ts";
import type { ContainerView } from "../../resources/pods.ts";
import { isSecretName } from "../../judging/secret-names.ts";
import {
  advice,
  containerRule,
  everywhere,
  inProduction,
  limit,
  notApplicable,
  onRequest,
  resourceRule,
} from "../../judging/rule.ts";
import { isAwsKey, secretIn, weakness } from "../../judging/secrets.ts";

const FIX = `env: [{ name: "DATABASE_PASSWORD", valueFrom: { secretKeyRef: { name: secret.metadata.name, key: "password" } } }]`;

export const noInlineSecret = containerRule({
  id: "no-inline-secret",
  number: "K53",
  items: [11],
  severity: "critical",
  levels: everywhere,
  strict: true,
  title: "No secret stands as a literal in a container's environment",
  why: "Everybody who may read the Deployment, its history or the repository has the secret.",
  fix: FIX,
  *check({ container, path }: ContainerView) {
    for (const [index, { name = "", value }] of (container.env ?? []).entries()) {
      const reason = value === undefined || value === null ? undefined : secretIn(name, String(value));
      if (reason)
        yield { path: `${path}.env[${index}].value`, found: `${name}: ${reason}`, wanted: "valueFrom.secretKeyRef" };
    }
  },
});

export const noSecretInConfigMap = resourceRule<Config["props"]>()({
  id: "no-secret-in-configmap",
  number: "K54",
  items: [10, 11],
  on: ["ConfigMap"],
  severity: "critical",
  levels: everywhere,
  strict: true,
  title: "No secret stands in a ConfigMap",
  why: "ConfigMaps are readable for many, unencrypted at rest and printed by every tool.",
  fix: `new k8s.core.v1.Secret("order", { stringData: { password: password.result } })`,
  *check({ props }) {
    for (const [key, value] of Object.entries(props.data ?? {})) {
      const text = String(value ?? "");
      const reason = secretIn(key, text) ?? (isAwsKey(key, text) ? "a key of AWS under its own name" : undefined);
      if (reason) yield { path: `data["${key}"]`, found: reason, wanted: "a Secret" };
    }
  },
});

export const secretsAsFiles = containerRule({
  id: "secrets-as-files",
  number: "K55",
  items: [11],
  severity: "low",
  levels: onRequest,
  title: "Secrets are mounted as files, not put into the environment",
  why: "Contested: the environment shows in crash dumps and child processes; files do not. Most libraries want the environment.",
  fix: `volumeMounts: [{ name: "credentials", mountPath: "/var/run/credentials", readOnly: true }]`,
  *check({ container, path }: ContainerView) {
    for (const [index, { name = "", valueFrom }] of (container.env ?? []).entries())
      if (valueFrom?.secretKeyRef)
        yield {
          path: `${path}.env[${index}].valueFrom.secretKeyRef`,
          found: `${name} from Secret ${valueFrom.secretKeyRef.name ?? ""}`,
          wanted: "a mounted file",
        };
    for (const [index, { secretRef }] of (container.envFrom ?? []).entries())
      if (secretRef)
        yield {
          path: `${path}.envFrom[${index}].secretRef`,
          found: `all of Secret ${secretRef.name ?? ""}`,
          wanted: "a mounted file",
        };
  },
});

export const strongSecret = resourceRule<Config["props"]>()({
  id: "strong-secret",
  number: "C13",
  items: [11],
  on: ["Secret"],
  severity: "high",
  levels: inProduction,
  title: "Passwords and keys are long and nobody's first guess",
  why: "A short or common password is found in minutes by whoever reaches the port.",
  fix: `const password = new random.RandomPassword("order", { length: 32, special: false });`,
  limits: { characters: limit("shortest secret", 16, 16, 8) },
  *check({ props }, { limit: { characters } }) {
    const data = Object.entries(props.data ?? {}).map(
      ([key, value]) => [key, Buffer.from(String(value ?? ""), "base64").toString("utf8"), "data"] as const,
    );
    const plain = Object.entries(props.stringData ?? {}).map(
      ([key, value]) => [key, String(value ?? ""), "stringData"] as const,
    );
    for (const [key, value, where] of [...data, ...plain]) {
      if (!isSecretName(key) && !/^password$/i.test(key)) continue;
      const reason = weakness(value, characters);
      if (reason) yield { path: `${where}["${key}"]`, found: reason, wanted: `>= ${characters} random characters` };
    }
  },
});

export const uniqueEnv = containerRule({
  id: "unique-env",
  number: "K56",
  items: [10],
  severity: "medium",
  levels: everywhere,
  title: "Every environment variable is set once",
  why: "The last one wins, or the first one after the next apply: nobody knows which.",
  fix: `env: [{ name: "LOG_LEVEL", value: "info" }] // once`,
  *check({ container, path }: ContainerView) {
    const first = new Map<string, number>();
    for (const [index, { name = "" }] of (container.env ?? []).entries()) {
      const earlier = first.get(name);
      if (earlier === undefined) first.set(name, index);
      else
        yield {
          path: `${path}.env[${index}].name`,
          found: `${name}, already set by env[${earlier}]`,
          wanted: "one entry",
        };
    }
  },
});

const ADDRESS = /^[a-z][a-z0-9+.-]*:\/\/[\w.-]+|^[\w-]+(\.[\w-]+)*:\d{2,5}(,|$)/i;
/** Link-local (RFC 3927): what answers there is the node's own, such as the agent that gives pods their credentials, and the same everywhere. */
const OF_THE_NODE = /^(https?:\/\/)?169\.254\.\d{1,3}\.\d{1,3}([:/]|$)/i;

export const addressFromConfig = containerRule({
  id: "address-from-config",
  number: "C14",
  items: [10],
  severity: "low",
  levels: advice,
  title: "Addresses come from ConfigMaps",
  why: "An address in the manifest needs a rollout of code to change, and differs where it should not.",
  fix: `env: [{ name: "PAYMENT_URL", valueFrom: { configMapKeyRef: { name: settings.metadata.name, key: "PAYMENT_URL" } } }]`,
  *check({ container, path, role }: ContainerView) {
    if (role === "ephemeral") return notApplicable;
    for (const [index, { name = "", value }] of (container.env ?? []).entries()) {
      if (value && ADDRESS.test(value) && !OF_THE_NODE.test(value))
        yield {
          path: `${path}.env[${index}].value`,
          found: `${name} holds an address`,
          wanted: "valueFrom.configMapKeyRef",
        };
    }
  },
});
