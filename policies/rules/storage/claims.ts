import { parseQuantity } from "../../../model/quantity.ts";
import { everywhere, inProduction, limit, notApplicable, resourceRule, workloadRule } from "../../judging/rule.ts";
import type { ClaimSpec } from "../../resources/kubernetes.ts";

interface ClaimProps {
  readonly spec?: ClaimSpec;
}

/** No class on purpose: the claim names the volume that it takes. */
const isBound = (spec: ClaimSpec | undefined): boolean => spec?.storageClassName === "" && Boolean(spec.volumeName);

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
    if (
      !props.spec?.storageClassName &&
      !isBound(props.spec) &&
      !metadata.annotations?.["volume.beta.kubernetes.io/storage-class"]
    )
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
  needsAll: true,
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
