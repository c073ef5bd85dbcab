import * as pulumi from "@pulumi/pulumi";
import { LABEL, MONITORING, TOKEN } from "../../model/names.ts";
import type { SystemPlan } from "../../model/plan.ts";
import { type Contacts, destinations, unreachableTeams } from "../../monitors/contacts.ts";
import type { Links } from "../../monitors/alerting-rule.ts";
import { alertmanagerConfig } from "../../monitors/routing.ts";
import { ruleFile } from "../../monitors/rule-file.ts";
import { platformRules, systemRules } from "../../monitors/rules.ts";
import type { Scope } from "../../monitors/scope.ts";
import { hurried, TIMING, type TimingName } from "../../monitors/timing.ts";
import { Namespace, NetworkPolicy } from "../kinds.ts";
import { namespace } from "../manifests/namespace.ts";
import { allowDns, denyAll } from "../manifests/network-policy.ts";
import type { ImageConnection } from "../platform.ts";
import { runAlertmanager } from "./alertmanager.ts";
import { runBlackbox } from "./exporters/blackbox.ts";
import { runGrafana } from "./grafana.ts";
import { runKubeState } from "./exporters/kube-state.ts";
import { runMailSink } from "./mail-sink.ts";
import { runNodeExporter } from "./exporters/node-exporter.ts";
import { gateways } from "./prometheus/prometheus-traffic.ts";
import { runPrometheus } from "./prometheus/prometheus.ts";
import { monitoringOwner, type MonitoringSite, type Surroundings } from "./site.ts";

/** One watched system: what was planned, where it runs and how it is reached from inside the cluster. */
export interface Watched {
  readonly plan: SystemPlan;
  readonly namespace: pulumi.Input<string>;
  /** Address of the public entry for the probe; null where the cluster has no way to it. */
  readonly entry: string | null;
}

export interface ObservabilityArgs {
  readonly systems: readonly [Watched, ...Watched[]];
  readonly provider: pulumi.ProviderResource;
  readonly storageClass: pulumi.Input<string> | null;
  readonly image: (name: string) => ImageConnection;
  readonly timing: TimingName;
  readonly contacts: Contacts;
  readonly links: Links;
  /** Files that `contacts` names, by file name: passwords and keys. */
  readonly secrets: Readonly<Record<string, pulumi.Input<string>>>;
  readonly surroundings: Surroundings;
  /** Namespaces of the gateways' pods, by name; each value is known once the namespace exists. */
  readonly gatewayNamespaces: Readonly<Record<string, pulumi.Input<string>>>;
  /** Hosts of the brokers that belong to a cloud, which then runs the databases too; null where all stores are pods of the systems. */
  readonly brokers: pulumi.Input<readonly string[]> | null;
  /** Password of Grafana's administrator; null where Grafana's image cannot be had. */
  readonly grafana: pulumi.Output<string> | null;
  /** Password of the mail sink; null where mails go to people. */
  readonly mailSink: pulumi.Output<string> | null;
}

/** Seconds without a heartbeat until that is an alarm: one may be missed. With the minute that Alertmanager believes the last one, three minutes. */
const SILENCE_SECONDS = 120;

const WITHOUT_GRAFANA =
  "Grafana is left out: its image cannot be had here. `slipway open dashboards` shows the same dashboards.";

/** Everything that watches: Prometheus, Alertmanager, exporters, probes, dashboards. Once a cluster. */
export class Observability extends pulumi.ComponentResource {
  /** Where its pods are. */
  readonly namespace: pulumi.Output<string>;

  constructor(name: string, args: ObservabilityArgs, opts?: pulumi.ComponentResourceOptions) {
    const plans = args.systems.map(({ plan }) => plan);
    refuseSilence(plans, args.contacts);
    const timing = TIMING[args.timing];
    const scopes = scopesOf(args);
    super(TOKEN.observability, name, { systems: plans.map((plan) => plan.name), timing: args.timing }, opts);
    const child = { parent: this, provider: args.provider };

    const home = new Namespace(name, homeNamespace(), child);
    this.namespace = home.metadata.name;
    const site: MonitoringSite = {
      namespace: home.metadata.name,
      storageClass: args.storageClass,
      image: args.image,
      numbers: args.systems[0].plan.numbers.monitoring,
      surroundings: args.surroundings,
      opts: child,
    };
    const inside = monitoringOwner(site, MONITORING.namespace);
    new NetworkPolicy(`${name}-deny`, denyAll(inside), child);
    new NetworkPolicy(`${name}-dns`, allowDns(inside), child);

    const scrape = scrapeParts(args);
    runPrometheus(site, {
      scrape,
      rules: ruleFiles(scopes, args.links),
      brokers: args.brokers,
      namespaces: watchedNamespaces(args, site),
    });
    const config = alertmanagerConfig(scopes, timing, args.contacts);
    runAlertmanager(site, { config, destinations: destinations(args.contacts), secrets: args.secrets });
    runKubeState(site);
    runNodeExporter(site);
    runBlackbox(site, gateways(scrape));
    if (args.mailSink) runMailSink(site, args.mailSink, hurried(timing, SILENCE_SECONDS));
    if (args.grafana) runGrafana(site, scopes, args.grafana);
    else void pulumi.log.info(WITHOUT_GRAFANA, this);
    this.registerOutputs({});
  }
}

/** Says who would not hear of alerts before anything is registered: a team without an address would notice only when it is too late. */
function refuseSilence(plans: readonly SystemPlan[], contacts: Contacts): void {
  const faults = unreachableTeams(plans, contacts);
  if (faults.length > 0)
    throw new Error(["Alerts would reach nobody:", ...faults.map((fault) => `  ${fault}`)].join("\n"));
}

function homeNamespace(): ReturnType<typeof namespace> {
  const owner = monitoringOwner({ namespace: MONITORING.namespace }, MONITORING.namespace);
  const { metadata } = namespace({ ...owner, system: MONITORING.namespace }) as {
    metadata: { labels: Record<string, string> };
  };
  return {
    metadata: { ...metadata, name: MONITORING.namespace, labels: { ...metadata.labels, [LABEL.system]: "platform" } },
  };
}

function scopesOf({ systems, timing, brokers }: ObservabilityArgs): Scope[] {
  return systems.map(({ plan }) => ({ plan, timing: TIMING[timing], stores: brokers === null ? "pods" : "cloud" }));
}

function scrapeParts({
  systems,
  timing,
  gatewayNamespaces,
  brokers,
  grafana,
  mailSink,
}: ObservabilityArgs): Parameters<typeof runPrometheus>[1]["scrape"] {
  return {
    plans: systems.map(({ plan }) => plan),
    timing: TIMING[timing],
    stores: brokers === null ? "pods" : "cloud",
    beside: [...(grafana === null ? [] : ["grafana" as const]), ...(mailSink === null ? [] : ["mail-sink" as const])],
    alertmanagers: systems[0].plan.numbers.monitoring.alertmanagers,
    gatewayNamespaces: Object.keys(gatewayNamespaces),
    entries: Object.fromEntries(systems.flatMap(({ plan, entry }) => (entry === null ? [] : [[plan.name, entry]]))),
  };
}

function ruleFiles(scopes: readonly Scope[], links: Links): Record<string, string> {
  const ofSystems = scopes.map((scope) => [`${scope.plan.name}.yaml`, ruleFile(systemRules(scope, links))]);
  const [{ timing }] = scopes as [Scope];
  return Object.fromEntries([...ofSystems, ["platform.yaml", ruleFile(platformRules(timing, links))]]);
}

function watchedNamespaces(
  { systems, gatewayNamespaces }: ObservabilityArgs,
  site: MonitoringSite,
): Record<string, pulumi.Input<string>> {
  return {
    [MONITORING.namespace]: site.namespace,
    ...Object.fromEntries(systems.map(({ plan, namespace: of }) => [plan.name, of])),
    ...gatewayNamespaces,
  };
}
