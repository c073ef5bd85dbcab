import { everywhere, inProduction, notApplicable, resourceRule } from "../../judging/rule.ts";

interface ClassProps {
  readonly provisioner?: string;
  readonly volumeBindingMode?: string;
  readonly reclaimPolicy?: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

const CLASS_FIX = `new k8s.storage.v1.StorageClass("gp3", { provisioner: "ebs.csi.aws.com", volumeBindingMode: "WaitForFirstConsumer", reclaimPolicy: "Retain", parameters: { type: "gp3", encrypted: "true" } })`;

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
