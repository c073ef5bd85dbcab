import { runtime } from "@pulumi/pulumi";
import { connectTraces } from "../components/traces.ts";
import { refuseUnknownExtensions } from "../components/local/postgres-extensions.ts";
import { LocalPlatform } from "../components/local/platform.ts";
import type { SystemPlan } from "../model/plan.ts";
import { existingAddresses } from "./existing-addresses.ts";
import { devSecrets } from "./dev-secrets.ts";
import { localCluster } from "./local-cluster.ts";
import { preparedImages } from "./images/prepared-images.ts";
import { runSystems } from "./run-systems.ts";
import type { Settings } from "./settings.ts";
import { withIssuerOfDev } from "./sign-in/dev-plans.ts";

/** Runs systems on one cluster that is already there: the embedded one or the user's own. */
export async function dev(planned: readonly SystemPlan[], settings: Settings): Promise<ReturnType<typeof runSystems>> {
  const plans = await withIssuerOfDev(planned);
  for (const plan of plans) refuseUnknownExtensions(plan, runtime.isDryRun());
  const addressOf = existingAddresses(plans, settings, runtime.getStack());
  const secretsOf = devSecrets(plans, runtime.getStack());
  const [image, cluster] = [await preparedImages(plans, settings), localCluster(settings)]; // long: whatever is missing was said above
  const placed = plans.map((plan) => ({
    plan,
    platform: new LocalPlatform(`${plan.name}-platform`, {
      plan,
      cluster,
      image,
      traces: settings.traces === null ? null : connectTraces(settings.traces),
      addressOf,
      secret: secretsOf(plan),
    }),
  }));
  const urls = runSystems(placed);
  (await import("./watch-locally.ts")).watchLocally(placed, image, settings); // loaded while the engine works on the rest
  return urls;
}
