import { own } from "../../../model/harmless/own.ts";
import { MARIADB, POSTGRES, type Release } from "../../../model/aws-releases.ts";
import { holdEverybody } from "../../views/addresses.ts";
import { advice, everywhere, limit, notApplicable, resourceRule, stackRule, inProduction } from "../../judging/rule.ts";
import type { Graph } from "../../resources/graph.ts";

interface GroupProps {
  readonly ingress?: readonly Opening[];
}
interface Opening {
  readonly fromPort?: number;
  readonly toPort?: number;
  readonly protocol?: string;
  readonly cidrBlocks?: readonly string[];
  readonly ipv6CidrBlocks?: readonly string[];
  readonly cidrIpv4?: string;
  readonly cidrIpv6?: string;
  readonly type?: string;
}
const STORES = [3306, 5432, 9092, 9094, 9096, 9098, 6379, 27017];

const world = ({ cidrBlocks = [], ipv6CidrBlocks = [], cidrIpv4, cidrIpv6 }: Opening): boolean =>
  holdEverybody([...cidrBlocks, ...ipv6CidrBlocks, cidrIpv4, cidrIpv6]);
const opened = ({ fromPort = 0, toPort = 65_535, protocol }: Opening): number[] =>
  STORES.filter((port) => protocol === "-1" || (fromPort <= port && port <= toPort));

export const storesClosed = resourceRule<GroupProps & Opening>()({
  id: "stores-closed",
  number: "A26",
  items: [30, 31],
  severity: "critical",
  levels: everywhere,
  strict: true,
  on: [
    "aws:ec2/securityGroup:SecurityGroup",
    "aws:ec2/securityGroupRule:SecurityGroupRule",
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  ],
  title: "No database or broker port is open to the world",
  why: "A store that everybody reaches is found by scanners within the hour.",
  fix: `new aws.vpc.SecurityGroupIngressRule("db", { securityGroupId: db.id, referencedSecurityGroupId: cluster.id, ipProtocol: "tcp", fromPort: 3306, toPort: 3306 })`,
  *check({ props, kind }) {
    if (kind.includes("SecurityGroupRule") && props.type === "egress") return notApplicable;
    const openings =
      kind.includes(":SecurityGroup") && props.ingress
        ? props.ingress.map((opening, index) => [opening, `ingress[${index}]`] as const)
        : [[props, "cidrIpv4"] as const];
    for (const [opening, path] of openings) {
      const ports = world(opening) ? opened(opening) : [];
      if (ports.length > 0 && (opening.fromPort !== undefined || opening.protocol === "-1"))
        yield { path, found: `${ports.join(", ")} from everywhere`, wanted: "the cluster's security group" };
    }
  },
});

const TAGGED = [
  "aws:rds/instance:Instance",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:msk/cluster:Cluster",
  "aws:eks/cluster:Cluster",
  "aws:eks/nodeGroup:NodeGroup",
  "aws:ecr/repository:Repository",
];

export const tagsTellOwner = resourceRule<{
  readonly tags?: Readonly<Record<string, string>>;
  readonly tagsAll?: Readonly<Record<string, string>>;
}>()({
  id: "tags-tell-owner",
  number: "A27",
  items: [33],
  on: TAGGED,
  severity: "low",
  levels: advice,
  title: "Tags say which system, stage and owner a resource belongs to",
  why: "Nobody knows whose bill it is, or whom to ask before it is deleted.",
  fix: `tags: { system: "fishdelivery", stage: "prod", owner: "fish-team" }`,
  limits: { tags: limit<readonly string[]>("tags that must be there", ["system", "stage", "owner"]) },
  *check({ props }, { limit: { tags } }) {
    const present = Object.keys({ ...props.tags, ...props.tagsAll }).map((tag) =>
      tag.toLowerCase().split(/[:/]/).at(-1),
    );
    const absent = tags.filter((tag) => !present.includes(tag));
    if (absent.length > 0) yield { path: "tags", found: `no ${absent.join(", ")}`, wanted: tags.join(", ") };
  },
});

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** Minutes of the week of a window such as sun:03:00-sun:04:00. */
function window(text: string | undefined): readonly [number, number] | undefined {
  const match = /^(\w{3}):(\d\d):(\d\d)-(\w{3}):(\d\d):(\d\d)$/i.exec(text ?? "");
  if (!match) return undefined;
  const [, fromDay = "", fromHour, fromMinute, toDay = "", toHour, toMinute] = match;
  const at = (day: string, hour: string | undefined, minute: string | undefined): number =>
    DAYS.indexOf(day.toLowerCase()) * 1440 + Number(hour) * 60 + Number(minute);
  const [from, to] = [at(fromDay, fromHour, fromMinute), at(toDay, toHour, toMinute)];
  return [from, to < from ? to + 7 * 1440 : to];
}

export const maintenanceApart = stackRule({
  id: "maintenance-apart",
  number: "X27",
  items: [30, 31],
  severity: "medium",
  levels: inProduction,
  title: "Maintenance windows do not overlap",
  why: "Database and broker restart in the same hour: what each alone would survive, together is an outage.",
  fix: `maintenanceWindow: "sun:03:00-sun:04:00" // and another hour for the next one`,
  *across(graph: Graph) {
    const kinds = [
      "aws:rds/instance:Instance",
      "aws:rds/clusterInstance:ClusterInstance",
      "aws:elasticache/cluster:Cluster",
    ];
    const windows = kinds
      .flatMap((kind) =>
        graph.of<{ readonly maintenanceWindow?: string; readonly preferredMaintenanceWindow?: string }>(kind),
      )
      .flatMap((resource) => {
        const text = resource.props.maintenanceWindow ?? resource.props.preferredMaintenanceWindow;
        const span = window(text);
        return span ? [{ resource, text, from: span[0], to: span[1] }] : [];
      });
    if (windows.length === 0) return notApplicable;
    for (const [index, one] of windows.entries()) {
      const other = windows.slice(0, index).find(({ from, to }) => one.from < to && from < one.to);
      if (other)
        yield {
          path: "maintenanceWindow",
          found: `${one.text}, while ${other.resource.name} has ${other.text}`,
          wanted: "another hour",
          on: one.resource,
          related: [other.resource],
        };
    }
  },
});

export const engineSupported = resourceRule<{ readonly engine?: string; readonly engineVersion?: string }>()({
  id: "engine-supported",
  dated: true,
  number: "X28",
  items: [30],
  on: ["aws:rds/instance:Instance"],
  severity: "high",
  levels: inProduction,
  title: "The database engine is supported for the coming months",
  why: "After the end AWS upgrades the major version on a day of its choice, tested or not.",
  fix: `engine: "mariadb", engineVersion: "11.4" // or a newer one of postgres`,
  limits: { days: limit("days that support must last from today", 120) },
  *check({ props }, { limit: { days }, today }) {
    const releases = own(ENGINES, props.engine ?? "");
    if (releases === undefined || props.engineVersion === undefined) return notApplicable;
    const until = new Date(Date.parse(today) + days * DAY_MS).toISOString().slice(0, 10);
    const end = supportEnd(releases, String(props.engineVersion));
    if (end !== null && end < until)
      yield {
        path: "engineVersion",
        found: `${props.engineVersion}, supported until ${end === "" ? "long ago" : end}`,
        wanted: `a version supported until ${until}`,
      };
  },
});

const DAY_MS = 86_400_000;
const ENGINES: Readonly<Record<string, readonly Release[]>> = { mariadb: MARIADB, postgres: POSTGRES };

/** Last day of support; null where none is known, and nothing for what is older than all that is. */
function supportEnd(releases: readonly Release[], found: string): string | null {
  const known = releases.find(({ version }) => found === version || found.startsWith(`${version}.`));
  if (known) return known.ends;
  const [oldest] = releases;
  return oldest !== undefined && found.localeCompare(oldest.version, "en", { numeric: true }) < 0 ? "" : null;
}
