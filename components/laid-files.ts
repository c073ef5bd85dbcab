import type { CustomResourceOptions, Input } from "@pulumi/pulumi";
import type { FilePlan, WorkloadPlan } from "../model/plan/workload.ts";
import { ConfigMap, Secret } from "./kinds.ts";
import type { Owner } from "./manifests/metadata.ts";
import { fileKey, mountedFiles } from "./manifests/pods/files.ts";
import type { Mounted } from "./manifests/pods/pod.ts";
import { credential, settingsMap } from "./manifests/settings.ts";
import type { Platform } from "./platform.ts";

interface FileParts {
  readonly plan: Pick<WorkloadPlan, "files">;
  readonly owner: Owner;
  readonly platform: Pick<Platform, "secret">;
}

/** Files laid into the container: plain ones in a ConfigMap, secret ones in a Secret of their own. */
export function laidFiles(name: string, { plan, owner, platform }: FileParts, child: CustomResourceOptions): Mounted[] {
  const plain = plan.files.filter(({ content }) => "text" in content);
  const secret = plan.files.filter(({ content }) => "secret" in content);
  const data = (of: readonly FilePlan[], value: (file: FilePlan) => Input<string>) =>
    Object.fromEntries(of.map((file) => [fileKey(file.path), value(file)]));
  const unread = plan.files.find(({ content }) => "from" in content);
  if (unread) throw new Error(`${unread.path} was not read before it was laid into ${owner.name}`);
  const text = ({ content }: FilePlan) => ("text" in content ? content.text : "");
  const hidden = ({ content }: FilePlan) => ("secret" in content ? platform.secret(content.secret) : "");
  return [
    ...(plain.length === 0
      ? []
      : mountedFiles({
          kind: "configMap",
          name: new ConfigMap(`${name}-files`, settingsMap(owner, data(plain, text)), child).metadata.name,
          files: plain,
        })),
    ...(secret.length === 0
      ? []
      : mountedFiles({
          kind: "secret",
          name: new Secret(`${name}-files`, credential(owner, data(secret, hidden)), child).metadata.name,
          files: secret,
        })),
  ];
}
