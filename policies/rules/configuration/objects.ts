import { LABEL } from "../../../model/names.ts";
import { isHook } from "../../resources/pods.ts";
import { everywhere, inProduction, limit, notApplicable, resourceRule, workloadRule } from "../../judging/rule.ts";

export const cronDeadline = workloadRule({
  id: "cron-deadline",
  number: "K58",
  items: [36],
  severity: "low",
  levels: inProduction,
  title: "A CronJob says how late it may start",
  why: "After a hundred missed starts without a deadline the controller gives up on it for ever.",
  fix: `spec: { startingDeadlineSeconds: 300 }`,
  *check({ kind, spec }) {
    if (kind !== "CronJob") return notApplicable;
    if ((spec.startingDeadlineSeconds ?? undefined) === undefined)
      yield { path: "spec.startingDeadlineSeconds", found: "not set", wanted: "seconds" };
  },
});

export const noBarePod = workloadRule({
  id: "no-bare-pod",
  number: "K59",
  items: [26],
  severity: "high",
  levels: everywhere,
  title: "Something brings every pod back",
  why: "A bare pod is gone for ever when its node is drained or dies.",
  fix: `new k8s.apps.v1.Deployment("order", { spec: { replicas: 2, selector, template } })`,
  *check({ kind, resource, metadata }, { tier }) {
    if (kind !== "Pod" || (resource.metadata.ownerReferences ?? []).length > 0 || isHook(resource)) return;
    if (tier === "dev" && metadata.labels?.["purpose"] === "load-generator") return;
    yield { path: "kind", found: "Pod", wanted: "a Deployment, StatefulSet or Job that owns it" };
  },
});

export const namespaceNamed = workloadRule({
  id: "namespace-named",
  number: "C15",
  items: [33],
  severity: "low",
  levels: inProduction,
  title: "Workloads live in a namespace of their system",
  why: "In `default` nothing separates systems: no quota, no network policy, no owner.",
  fix: `metadata: { namespace: "fishdelivery" }`,
  *check({ resource }) {
    if ((resource.metadata.namespace ?? "default") === "default")
      yield { path: "metadata.namespace", found: "default", wanted: "a namespace of the system" };
  },
});

export const labelsTellOwner = workloadRule({
  id: "labels-tell-owner",
  number: "C16",
  items: [33],
  severity: "low",
  levels: { critical: "advisory", standard: "advisory", dev: "advisory" },
  title: "Labels say what a workload is, and whose",
  why: "At three in the morning nobody knows whom to call, and no query returns the whole system.",
  fix: `metadata: { labels: { "app.kubernetes.io/name": "order", "app.kubernetes.io/part-of": "fishdelivery", "app.kubernetes.io/component": "service", "app.kubernetes.io/version": "1.4.2", "slipway.dev/owner": "orders" } }`,
  limits: {
    labels: limit<readonly string[]>("labels that must be there", [
      LABEL.name,
      LABEL.system,
      LABEL.component,
      LABEL.version,
      LABEL.owner,
    ]),
  },
  *check({ resource }, { limit: { labels } }) {
    const absent = labels.filter((label) => !resource.metadata.labels?.[label]);
    if (absent.length > 0)
      yield { path: "metadata.labels", found: `no ${absent.join(", ")}`, wanted: labels.join(", ") };
  },
});

export const namespaceRestricted = resourceRule<object>()({
  id: "namespace-restricted",
  number: "C17",
  items: [27],
  on: ["Namespace"],
  severity: "medium",
  levels: inProduction,
  title: "A namespace admits restricted pods only",
  why: "Rules at deployment do not hold for what somebody applies by hand; admission does.",
  fix: `metadata: { labels: { "pod-security.kubernetes.io/enforce": "restricted" } }`,
  *check({ metadata, name }) {
    const found = metadata.labels?.["pod-security.kubernetes.io/enforce"];
    if (found !== "restricted" && !name.startsWith("kube-"))
      yield {
        path: `metadata.labels["pod-security.kubernetes.io/enforce"]`,
        found: found ?? "not set",
        wanted: "restricted",
      };
  },
});
