import type { Input, Output, ProviderResource, Resource } from "@pulumi/pulumi";
import type { types } from "@pulumi/kubernetes";
import type { RoutePlan } from "../model/plan/edges/entry.ts";

/** Where network policies let traffic come from or go to. */
export type Peer = types.input.networking.v1.NetworkPolicyPeer;

/** Pods, volumes and settings of one system go here. */
export interface ClusterConnection {
  readonly provider: ProviderResource;
  /** Namespace of the system; it exists, denies by default and admits only restricted pods. */
  readonly namespace: Input<string>;
  /** Class of volumes that outlive their pods; null where the cluster's default one is meant. */
  readonly storageClass: Input<string> | null;
  /** True where a program can be held to the names of its third parties; elsewhere their ports have to do. */
  readonly egressByName: boolean;
}

/** One built image. */
export interface ImageConnection {
  /** What a container runs; its tag or digest changes with its content. */
  readonly reference: Input<string>;
  /** The same build as a label value: at most 63 characters. */
  readonly version: Input<string>;
}

/** The Kafka cluster of one system. */
export interface BrokerConnection {
  /** `host:port`, comma-separated. */
  readonly brokers: Input<string>;
  readonly auth: "none" | "iam";
  readonly peers: readonly Peer[];
  readonly port: number;
  /** What must exist before a service may start: the topics. */
  readonly ready: readonly Resource[];
}

/** How one user reaches a store; both empty where it asks nobody who he is. */
export interface Login {
  readonly user: string;
  /** Always a secret. */
  readonly password: Output<string>;
}

/** One store as its users see it. */
export interface StoreConnection {
  /** Kind of store, as the description names it. */
  readonly kind: string;
  readonly host: Input<string>;
  readonly port: number;
  /** Name of the database inside its server, or of the topic. */
  readonly name: string;
  readonly tls: "off" | "required";
  /** What that service logs in with; it has the rights that the description gives it. */
  readonly login: (service: string) => Login;
  /** Changes tables; only migration Jobs have it. Null where no migration needs it. */
  readonly migrator: Login | null;
  readonly peers: readonly Peer[];
  /** What must exist before anybody may connect: the database and its users. */
  readonly ready: readonly Resource[];
}

/** How the pods of a program come by credentials of the cloud. */
export interface RightsConnection {
  readonly env: readonly types.input.core.v1.EnvVar[];
  readonly files: readonly {
    readonly mounts: readonly types.input.core.v1.VolumeMount[];
    readonly volume: types.input.core.v1.Volume;
  }[];
  /** What must exist before a pod may ask for them. */
  readonly ready: readonly Resource[];
}

export const NO_RIGHTS: RightsConnection = { env: [], files: [], ready: [] };

/** Who takes the traces of programs. */
export interface TracesConnection {
  readonly url: string;
  readonly peers: readonly Peer[];
  readonly port: number;
}

/** The way in from outside. */
export interface EntryConnection {
  /** GatewayClass that serves the routes. */
  readonly gatewayClass: Input<string>;
  /** Port on which the gateway's pods listen; the load balancer in front speaks TLS where there is one. */
  readonly port: number;
  /** Proxies in front of it that add the client's address to X-Forwarded-For; 0 where the client connects directly. */
  readonly proxies: number;
  /** Gateways that share the requests of a client, as few as there ever are: each counts for itself, and is told its share. */
  readonly gateways: number;
  /** The pods that carry public traffic. */
  readonly peers: readonly Peer[];
  /** Where a client sends its requests. */
  readonly url: Input<string>;
  /** Host name that is this system's alone where others answer at the same address; null where it has an address of its own. */
  readonly ownHost: string | null;
  /** Host name below the system's own domain, such as "admin" for admin.shop.example.com. */
  readonly hostOf: (name: string) => Input<string>;
  readonly ready: readonly Resource[];
}

/**
 * What a system needs from the place it runs in, without options. Everything else that differs between places stays
 * inside the implementation; every number that differs between stages is in the plan.
 */
export interface Platform {
  readonly cluster: ClusterConnection;
  /** Null where nobody takes traces: programs are told to send none. */
  readonly traces: TracesConnection | null;
  /** Image of a service, or of "<service>/<program beside it>" and "<service>/migration". */
  image(program: string): ImageConnection;
  broker(service: string): BrokerConnection;
  store(name: string): StoreConnection;
  /** What gives the pods of a program its rights in the cloud. Nothing where there is no cloud, or none are needed. */
  rights(program: string): RightsConnection;
  /** Value of a secret of the system's own. */
  secret(name: string): Output<string>;
  entry(routes: readonly RoutePlan[]): EntryConnection;
}
