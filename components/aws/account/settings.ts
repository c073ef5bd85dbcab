/** Facts of one AWS account that a person decides; every field is filled. Numbers of the stage are in the plan. */
export interface AwsSettings {
  readonly accountId: string;
  readonly region: string;
  /** Zone in Route 53 under which every system gets a name. */
  readonly domain: string;
  /** A certificate that exists already; null to have one made and validated by DNS. */
  readonly certificateArn: string | null;
  /** Who is told when something is wrong that the cluster itself cannot see. */
  readonly alarmEmail: string;
  /** How the cluster's own alerts leave it: Amazon SES, with the SMTP password in a secret of Secrets Manager ({"password": …}). */
  readonly mail: { readonly from: string; readonly user: string; readonly secret: string };
  /** Chat room and pager for pages, beside mail; their keys are in the same secret ("chat", "pager"). */
  readonly chat: string | null;
  readonly pager: "off" | "on";
  /** Address outside the cluster that must hear from it all the time, or somebody is called. */
  readonly heartbeat: string;
  /** Team that answers for what the systems share. */
  readonly owner: string;
  readonly costCenter: string;
  readonly network: NewNetwork | ExistingNetwork;
  readonly cluster: NewCluster | ExistingCluster;
  /** Every image is built for each of the platforms; nodes are machines of the first. */
  readonly images: {
    readonly platforms: readonly [ImagePlatform, ...ImagePlatform[]];
    readonly scanning: "basic" | "enhanced";
  };
  readonly kafka: { readonly version: string; readonly brokerClass: string; readonly brokers: number };
  readonly database: {
    /** Of MariaDB. */
    readonly version: string;
    readonly postgresVersion: string;
    readonly instanceClass: string;
    /** One instance for each system, or for each service that owns a database. */
    readonly per: "system" | "service";
    /** RDS rotates a managed password itself, but then neither read replicas nor blue/green deployments are possible. */
    readonly master: "managed" | "generated";
  };
  /** Valkey of ElastiCache. */
  readonly cache: { readonly version: string; readonly nodeType: string };
  readonly firewall: "on" | "off";
}

/** What an image can be built for. */
export type ImagePlatform = "linux/amd64" | "linux/arm64";

/** A network of our own. */
export interface NewNetwork {
  readonly kind: "new";
  readonly cidr: string;
  readonly zones: number;
  /** One gateway for each zone survives the loss of a zone; a shared one is cheaper. */
  readonly nat: "per-zone" | "shared";
}

/** Somebody else's network; its subnets must lie in different zones. */
export interface ExistingNetwork {
  readonly kind: "existing";
  readonly vpcId: string;
  readonly cidr: string;
  readonly privateSubnetIds: readonly string[];
  readonly publicSubnetIds: readonly string[];
}

/** A cluster of our own. */
export interface NewCluster {
  readonly kind: "new";
  readonly version: string;
  /** With node groups: on-demand for everything, spot beside it for what tolerates it. */
  readonly compute: Compute;
  /** Networks that may reach the API server from outside; nobody when empty. */
  readonly publicCidrs: readonly string[];
  /** Roles that administer the cluster. */
  readonly adminRoles: readonly string[];
}

/** Somebody else's cluster, in somebody else's network. */
export interface ExistingCluster {
  readonly kind: "existing";
  readonly name: string;
  readonly compute: Compute;
}

/** EKS runs the nodes itself, or node groups do. */
type Compute = "auto" | "node-groups";

/** Service addresses of the cluster; no other network may overlap them. */
export const SERVICE_CIDR = "172.20.0.0/16";
