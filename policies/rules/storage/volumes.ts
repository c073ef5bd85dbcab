import { everywhere, inProduction, notApplicable, workloadRule } from "../../judging/rule.ts";
import { containersOf, type Workload } from "../../resources/pods.ts";
import { spanOf, surge } from "../../views/capacity.ts";
import { isDataDirectory, isStore } from "../../views/stores.ts";
import { isForOne, type Claim } from "../../views/claims.ts";
import { mayForget } from "../../views/weaknesses.ts";

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
        ? graph.find<Claim["props"]>("PersistentVolumeClaim", workload.namespace, mounted.claimName)
        : undefined;
      if (!claim || !isForOne(claim)) continue;
      const modes = claim.props.spec?.accessModes ?? [];
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

export const dataOnVolume = workloadRule({
  id: "data-on-volume",
  number: "C25",
  items: [12],
  severity: "critical",
  levels: inProduction,
  title: "What holds data keeps it on a volume that outlives the pod, unless the description keeps nothing",
  why: "The next restart, drain or update of the pod deletes the data.",
  fix: `volumeClaimTemplates: [{ metadata: { name: "data" }, spec: { accessModes: ["ReadWriteOnce"], storageClassName: "gp3", resources: { requests: { storage: "10Gi" } } } }]`,
  *across(workload: Workload, { graph }) {
    if (mayForget(graph, workload)) return notApplicable;
    for (const { container, path, role } of containersOf(workload)) {
      if (role !== "app") continue;
      const temporary = (container.volumeMounts ?? []).find(
        ({ mountPath = "", name }) =>
          isDataDirectory(mountPath) &&
          (workload.pod.volumes ?? []).some((volume) => volume.name === name && volume.emptyDir),
      );
      if (temporary)
        yield { path: `${path}.volumeMounts`, found: `${temporary.mountPath} on emptyDir`, wanted: "a claim" };
      else if (isStore(container.image) && workload.kind !== "Job" && workload.kind !== "CronJob" && !keeps(workload)) {
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
