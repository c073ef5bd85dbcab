import { MONITORING } from "../../model/names.ts";
import { watchingImages } from "../../stacks/images/image-references.ts";
import { ensureImages } from "../../toolchain/image-build/image.ts";
import { standardProgress } from "../../toolchain/machine/progress.ts";
import { getObjects, kubectl } from "../running/kubectl.ts";
import { placeOf } from "../stack/place.ts";
import type { StackSettings } from "../stack/stack-settings.ts";
import { say } from "../terminal/say.ts";

interface Pod {
  readonly metadata: { readonly name: string };
  readonly status: {
    readonly containerStatuses?: readonly { readonly state: { readonly waiting?: { readonly reason: string } } }[];
  };
}

/**
 * Makes the images of the monitoring, for which its pods wait; answers whether that took any work. It comes after the systems run: Prometheus takes minutes
 * to build where it cannot be downloaded, and nobody's first order has to wait for that.
 */
export async function bringUpWatching(settings: StackSettings, verbose: boolean): Promise<boolean> {
  const images = [...watchingImages(settings).values()];
  if (images.length === 0 || placeOf(settings) !== "embedded") return false;
  await ensureImages(settings.cluster, images, standardProgress(verbose));
  // A pod that could not get its image asks again only after minutes; a new one asks at once.
  const waiting = (await getObjects<Pod>(settings, MONITORING.namespace, "pods"))
    .filter(withoutImage)
    .map(({ metadata }) => metadata.name);
  if (waiting.length > 0)
    await kubectl(settings, ["delete", "pod", "-n", MONITORING.namespace, "--wait=false", ...waiting]);
  say("Watched: npx slipway open dashboards, npx slipway open mail");
  return waiting.length > 0;
}

const withoutImage = ({ status }: Pod) =>
  (status.containerStatuses ?? []).some(({ state }) => /Image/.test(state.waiting?.reason ?? ""));
