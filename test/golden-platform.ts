import * as pulumi from "@pulumi/pulumi";
import type { Resource } from "@pulumi/pulumi";
import { foundation } from "../components/aws/foundation.ts";
import { AwsPlatform } from "../components/aws/platform.ts";
import { readAwsSettings } from "../components/aws/settings/read-settings.ts";
import { LocalPlatform } from "../components/local/platform.ts";
import type { Platform } from "../components/platform.ts";
import type { SystemPlan } from "../model/plan.ts";
import type { Stage } from "../model/stage.ts";
import { programsOf } from "../stacks/images/programs.ts";

/** A cluster that nobody reaches: enough to register resources. */
const CLUSTER = {
  name: "golden",
  kubeconfig: "kubeconfig",
  context: null,
  storageClass: "local-path",
  gatewayClass: "traefik",
  url: "http://127.0.0.1:8080",
} as const;

/** An account that does not exist, on a day that does not move. */
const ACCOUNT = {
  "aws:region": "eu-central-1",
  "slipway:accountId": "111122223333",
  "slipway:domain": "example.com",
  "slipway:alarmEmail": "on-call@example.com",
  "slipway:costCenter": "golden",
  "slipway:mailUser": "AKIAIOSFODNN7EXAMPLE",
  "slipway:heartbeat": "https://hc-ping.example.com/slipway-prod",
} as const;
const TODAY = "2026-11-21";

const secret = (name: string) => pulumi.secret(name);
const addressOf = (setting: string) => ({ host: `${setting}.example.com`, port: 443 });

/** The platform of each stage, with images that never change. */
export const GOLDEN_PLATFORM: { readonly [stage in Stage]: (plan: SystemPlan, parent: Resource) => Platform } = {
  dev: (plan, parent) =>
    new LocalPlatform(
      `${plan.name}-platform`,
      {
        plan,
        cluster: CLUSTER,
        image: (name) => `slipway.local/${name}:golden`,
        traces: null,
        secret,
        addressOf,
      },
      { parent },
    ),
  prod(plan, parent) {
    const settings = readAwsSettings(ACCOUNT, [plan], TODAY);
    const shared = foundation({ stage: "prod", settings, plans: [plan], definitions: [] }, { parent });
    const source = (name: string, repository: string) => ({
      name,
      repository,
      version: "golden",
      context: `contexts/${name}`,
    });
    const sources = [source("job", `${plan.name}/job`), ...programsOf(plan).map(({ name }) => source(name, name))];
    return new AwsPlatform(
      `${plan.name}-platform`,
      { plan, foundation: shared, sources, index: 0, traces: null, secret, addressOf },
      { parent },
    );
  },
};
