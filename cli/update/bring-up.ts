import { join } from "node:path";
import { planSystem } from "../../model/plan.ts";
import { type SystemImages, systemImages } from "../../stacks/images/image-references.ts";
import { stateHome } from "../../toolchain/machine/cache-folders.ts";
import { checkClusterHost, clusterUp } from "../../toolchain/cluster/life/up.ts";
import { withLock } from "../../toolchain/machine/lock.ts";
import { ensureImages } from "../../toolchain/image-build/image.ts";
import { standardProgress } from "../../toolchain/machine/progress.ts";
import { assertDescribed, findSystem } from "../project/find-system.ts";
import { assertSecrets } from "../secrets/assert-secrets.ts";
import { projectName } from "../project/project-name.ts";
import { requireOwnCluster } from "./own-cluster.ts";
import { placeOf } from "../stack/place.ts";
import { prepareTools } from "./prepare.ts";
import type { StackSettings } from "../stack/stack-settings.ts";
import { update } from "./update.ts";
import { UserError } from "../terminal/user-error.ts";
import { say } from "../terminal/say.ts";

/** Tools, cluster and `pulumi up` of a stack on Kubernetes. A second call waits for the first one. */
export async function bringUp(settings: StackSettings, verbose: boolean): Promise<void> {
  const { stack } = settings;
  const embedded = placeOf(settings) === "embedded";
  assertDescribed(settings);
  assertSecrets(settings);
  if (embedded) requireRoot(stack);
  const waiting = (holder: string) =>
    say(`Another slipway (process ${holder}) is bringing ${stack} up; waiting for it.`);
  await withLock(stackLock(stack), waiting, async () => {
    const progress = standardProgress(verbose);
    if (embedded) await checkClusterHost({ name: settings.cluster }); // a taken port must not show up half an hour later
    await prepareTools(embedded, progress);
    if (!embedded) await requireOwnCluster(settings);
    else {
      await clusterUp({ name: settings.cluster, systems: settings.systems }, progress);
      const { references, programs } = await wantedImages(settings);
      await ensureImages(settings.cluster, [...references.values()], progress, programs); // here, so that their progress is seen; the program finds them made
    }
    await update(settings);
  });
}

/** A stack of the same name in another project, or in another state folder, is another stack. */
function stackLock(stack: string): string {
  return join(stateHome(), "locks", `stack-${encodeURIComponent(`${projectName()}-${stack}`)}`);
}

function wantedImages(settings: StackSettings): Promise<SystemImages> {
  return systemImages(
    settings.systems.map((name) => planSystem(findSystem(name), settings.stage)),
    settings,
  );
}

function requireRoot(stack: string): void {
  if (process.getuid?.() === 0) return;
  throw new UserError(
    [
      `slipway: stack "${stack}" runs on the embedded cluster, which needs root (network namespaces, mounts); you are user ${process.getuid?.()}.`,
      `Run the command with sudo, or name a cluster of your own, and a registry for its images, in Pulumi.${stack}.yaml:`,
      "  config:",
      "    slipway:kubeContext: <context>",
      "    slipway:registry: <registry>/<path>",
    ].join("\n"),
  );
}
