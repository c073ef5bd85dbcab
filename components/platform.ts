import type { Input, Output, ProviderResource, Resource } from "@pulumi/pulumi";
import type { types } from "@pulumi/kubernetes";
import type { RoutePlan } from "../model/plan/entry.ts";

/** Where network policies let traffic come from or go to. */
export type Peer = types.input.networking.v1.NetworkPolicyPeer;

/** Pods, volumes and settings of one system go here. */
export interface ClusterConnection {
  readonly provider: ProviderResource;
  /** Namespace of the system; it exists, denies by default and admits only restricted pods. */
  readonly namespace: Input<string>;
  /** Class of volumes that outlive their pods; null where the cluster's default one is meant. */
  readonly storageClass: Input<string> | null;
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

/** How one user reaches a database. */
export interface Login {
  readonly user: string;
  /** Always a secret. */
  readonly password: Output<string>;
}

/** The database of one service. */
export interface DatabaseConnection {
  readonly host: Input<string>;
  readonly port: number;
  readonly name: string;
  readonly tls: "off" | "required";
  /** Reads and writes rows. */
  readonly app: Login;
  /** Changes tables; only the migration Job has it. */
  readonly migrator: Login;
  readonly peers: readonly Peer[];
  /** What must exist before the migration may run: the database and its users. */
  readonly ready: readonly Resource[];
}

/** The way in from outside. */
export interface EntryConnection {
  /** GatewayClass that serves the routes. */
  readonly gatewayClass: Input<string>;
  /** Port on which the gateway's pods listen; the load balancer in front speaks TLS where there is one. */
  readonly port: number;
  /** Proxies in front of it that add the client's address to X-Forwarded-For; 0 where the client connects directly. */
  readonly proxies: number;
  /** The pods that carry public traffic. */
  readonly peers: readonly Peer[];
  /** Where a client sends its requests. */
  readonly url: Input<string>;
  readonly ready: readonly Resource[];
}

/**
 * What a system needs from the place it runs in: five needs, no options. Everything else that differs
 * between places stays inside the implementation; every number that differs between stages is in the plan.
 */
export interface Platform {
  readonly cluster: ClusterConnection;
  image(service: string): ImageConnection;
  broker(service: string): BrokerConnection;
  database(owner: string): DatabaseConnection;
  entry(routes: readonly RoutePlan[]): EntryConnection;
}
