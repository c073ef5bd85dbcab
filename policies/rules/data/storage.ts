import { parseQuantity } from "../../../model/quantity.ts";
import { spanOf, surge } from "../../views/capacity.ts";
import type { ClaimSpec } from "../../resources/kubernetes.ts";
import { containersOf, type Workload } from "../../resources/pods.ts";
import { everywhere, inProduction, limit, notApplicable, resourceRule, workloadRule } from "../../judging/rule.ts";
import { parseImage } from "../../views/image.ts";

interface ClaimProps {
  readonly spec?: ClaimSpec;
}
interface ClassProps {
  readonly provisioner?: string;
  readonly volumeBindingMode?: string;
  readonly reclaimPolicy?: string;
  readonly parameters?: Readonly<Record<string, string>>;
}
const CLASS_FIX = `new k8s.storage.v1.StorageClass("gp3", { provisioner: "ebs.csi.aws.com", volumeBindingMode: "WaitForFirstConsumer", reclaimPolicy: "Retain", parameters: { type: "gp3", encrypted: "true" } })`;

export const claimClass = resourceRule<ClaimProps>()({
  id: "claim-class",
  number: "K62",
  items: [12],
  on: ["PersistentVolumeClaim"],
  severity: "medium",
  levels: inProduction,
  title: "Every claim names its storage class",
  why: "The default class differs between clusters: data lands on a disk nobody chose, or nowhere.",
  fix: `spec: { storageClassName: "gp3", accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "10Gi" } } }`,
  *check({ props, metadata }) {
    if (!props.spec?.storageClassName && !metadata.annotations?.["volume.beta.kubernetes.io/storage-class"])
      yield { path: "spec.storageClassName", found: "not set", wanted: "a storage class" };
  },
});

export const templateClass = workloadRule({
  id: "template-class",
  number: "K63",
  items: [12],
  severity: "medium",
  levels: inProduction,
  title: "Every claim template names its storage class",
  why: "The default class differs between clusters: data lands on a disk nobody chose, or nowhere.",
  fix: `volumeClaimTemplates: [{ metadata: { name: "data" }, spec: { storageClassName: "gp3" } }]`,
  *check({ spec }) {
    if (!spec.volumeClaimTemplates?.length) return notApplicable;
    for (const [index, { spec: claim, metadata }] of (spec.volumeClaimTemplates ?? []).entries()) {
      if (!claim?.storageClassName && !metadata?.annotations?.["volume.beta.kubernetes.io/storage-class"])
        yield {
          path: `spec.volumeClaimTemplates[${index}].spec.storageClassName`,
          found: "not set",
          wanted: "a storage class",
        };
    }
  },
});

export const claimSize = resourceRule<ClaimProps>()({
  id: "claim-size",
  number: "C21",
  items: [12],
  on: ["PersistentVolumeClaim"],
  severity: "medium",
  levels: everywhere,
  title: "A claim asks for a usable size and a way to mount it",
  why: "A volume of a few mebibytes is full before the first backup.",
  fix: `resources: { requests: { storage: "10Gi" } }`,
  limits: { bytes: limit("smallest claim in bytes", 2 ** 30) },
  *check({ props }, { limit: { bytes } }) {
    const size = props.spec?.resources?.requests?.["storage"];
    if ((parseQuantity(size ?? "") ?? 0) < bytes)
      yield {
        path: "spec.resources.requests.storage",
        found: String(size ?? "not set"),
        wanted: `>= ${bytes / 2 ** 30}Gi`,
      };
    if (!props.spec?.accessModes?.length)
      yield { path: "spec.accessModes", found: "none", wanted: `["ReadWriteOnce"]` };
  },
});

export const claimExists = workloadRule({
  id: "claim-exists",
  number: "C22",
  items: [12, 37],
  severity: "critical",
  levels: everywhere,
  title: "Every claim that a pod mounts exists",
  why: "The pod stays pending for ever.",
  fix: `new k8s.core.v1.PersistentVolumeClaim("data", { spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "10Gi" } } } })`,
  *across({ pod, path, namespace }, { graph, facts }) {
    if (!(pod.volumes ?? []).some((volume) => volume?.persistentVolumeClaim)) return notApplicable;
    for (const [index, { persistentVolumeClaim: claim }] of (pod.volumes ?? []).entries()) {
      const name = claim?.claimName;
      if (
        !name ||
        graph.find("PersistentVolumeClaim", namespace, name) ||
        facts.existing?.includes(`${namespace}/${name}`)
      )
        continue;
      yield {
        path: `${path}.volumes[${index}].persistentVolumeClaim.claimName`,
        found: `${name}, which is not declared in namespace ${namespace}`,
        wanted: "a declared claim",
      };
    }
  },
});

export const volumeFollowsPod = workloadRule({
  id: "volume-follows-pod",
  number: "X25",
  items: [12],
  severity: "critical",
  levels: everywhere,
  title: "A volume that one pod may mount is not asked for by two",
  why: "The second pod waits for a volume that the first one holds: the rollout never ends.",
  fix: `strategy: { type: "Recreate" }, replicas: 1 // or a StatefulSet with volumeClaimTemplates`,
  *across(workload, { graph }) {
    const span = spanOf(graph, workload);
    if (workload.kind !== "Deployment" || !span) return notApplicable;
    if (!(workload.pod.volumes ?? []).some((volume) => volume?.persistentVolumeClaim)) return notApplicable;
    for (const [index, { persistentVolumeClaim: mounted }] of (workload.pod.volumes ?? []).entries()) {
      const claim = mounted?.claimName
        ? graph.find<ClaimProps>("PersistentVolumeClaim", workload.namespace, mounted.claimName)
        : undefined;
      const modes = claim?.props.spec?.accessModes ?? [];
      if (!claim || !modes.some((mode) => /^ReadWriteOnce(Pod)?$/.test(mode)) || modes.includes("ReadWriteMany"))
        continue;
      const pods = span.ceiling + surge(workload, span.ceiling);
      if (pods > 1)
        yield {
          path: `${workload.path}.volumes[${index}].persistentVolumeClaim`,
          found: `up to ${pods} pods mount ${claim.name}, which is ${modes.join(", ")}`,
          wanted: "1 pod and strategy Recreate, or a StatefulSet",
          note: `${span.ceiling} + surge ${surge(workload, span.ceiling)} = ${pods}`,
          related: [claim],
        };
    }
  },
});

export const bindsWherePodIs = resourceRule<ClassProps>()({
  id: "binds-where-pod-is",
  number: "C23",
  items: [12],
  on: ["StorageClass"],
  severity: "high",
  levels: everywhere,
  title: "A zonal volume is made where its pod runs",
  why: "A disk made before the pod is placed may lie in a zone in which the pod cannot run.",
  fix: CLASS_FIX,
  *check({ props }) {
    if (!/ebs/.test(props.provisioner ?? "")) return notApplicable;
    if (props.volumeBindingMode !== "WaitForFirstConsumer")
      yield {
        path: "volumeBindingMode",
        found: props.volumeBindingMode ?? "not set (Immediate by default)",
        wanted: "WaitForFirstConsumer",
      };
  },
});

export const classKeepsData = resourceRule<ClassProps>()({
  id: "class-keeps-data",
  number: "C24",
  items: [12],
  on: ["StorageClass"],
  severity: "high",
  levels: inProduction,
  title: "Volumes are encrypted and outlive their claim",
  why: "A deleted claim takes the only copy of the data with it, and a lost disk is readable.",
  fix: CLASS_FIX,
  *check({ props }) {
    if (!/ebs|efs/.test(props.provisioner ?? "")) return notApplicable;
    if (props.reclaimPolicy !== "Retain")
      yield { path: "reclaimPolicy", found: props.reclaimPolicy ?? "not set (Delete by default)", wanted: "Retain" };
    if (/ebs/.test(props.provisioner ?? "") && String(props.parameters?.["encrypted"]) !== "true")
      yield { path: "parameters.encrypted", found: props.parameters?.["encrypted"] ?? "not set", wanted: `"true"` };
  },
});

const DATA_DIRECTORY =
  /^\/(var\/lib\/(mysql|postgresql|mongodb|kafka|redis|grafana|prometheus|alertmanager|elasticsearch)|prometheus|data\/db|bitnami\/|alertmanager)(\/|$)/;
const DATABASE =
  /(^|\/)(mysql|mariadb|postgres(ql)?|mongo(db)?|cassandra|etcd|elasticsearch|opensearch|kafka|couchdb|mssql-server|cockroach)(:|$|-server)/;

export const dataOnVolume = workloadRule({
  id: "data-on-volume",
  number: "C25",
  items: [12],
  severity: "critical",
  levels: inProduction,
  title: "What holds data keeps it on a volume that outlives the pod",
  why: "The next restart, drain or update of the pod deletes the data.",
  fix: `volumeClaimTemplates: [{ metadata: { name: "data" }, spec: { accessModes: ["ReadWriteOnce"], storageClassName: "gp3", resources: { requests: { storage: "10Gi" } } } }]`,
  *check(workload: Workload) {
    for (const { container, path, role } of containersOf(workload)) {
      if (role !== "app") continue;
      const temporary = (container.volumeMounts ?? []).find(
        ({ mountPath = "", name }) =>
          DATA_DIRECTORY.test(mountPath) &&
          (workload.pod.volumes ?? []).some((volume) => volume.name === name && volume.emptyDir),
      );
      if (temporary)
        yield { path: `${path}.volumeMounts`, found: `${temporary.mountPath} on emptyDir`, wanted: "a claim" };
      else if (
        DATABASE.test(`${parseImage(container.image).repository}:`) &&
        workload.kind !== "Job" &&
        workload.kind !== "CronJob" &&
        !keeps(workload)
      ) {
        yield {
          path: `${path}.image`,
          found: `${container.image} in a ${workload.kind} without a claim`,
          wanted: "a StatefulSet with volumeClaimTemplates",
        };
      }
    }
  },
});

function keeps({ pod, spec }: Workload): boolean {
  return (
    (spec.volumeClaimTemplates ?? []).length > 0 || (pod.volumes ?? []).some((volume) => volume.persistentVolumeClaim)
  );
}
