import type { Declined } from "./declined.ts";
import type { Source } from "./source.ts";

/**
 * What may be lost when the worst happens; decides backup, standby, snapshots and protection, because it is the promise
 * about data: every acknowledged write kept, at most the last hour lost, or anything at any time.
 */
export type Keeps = "every write" | "last hour" | "nothing";

/** What kind of store it is. "mysql" is MariaDB with the addresses that MySQL's drivers know; "topic" is one of Kafka. */
export type StoreKind = "postgres" | "mariadb" | "mysql" | "redis" | "topic";

/** A store of the system. */
export interface Store {
  readonly kind: StoreKind;
  readonly keeps: Keeps;
  /** The database inside its server, or the topic's name where programs know it by one; default the store's own name. A new name is new and empty. */
  readonly database?: string;
  /** Extensions of PostgreSQL that are switched on before anybody connects. */
  readonly extensions?: readonly string[];
  /** Of a topic; default as the system's own topics. */
  readonly partitions?: number;
}

/** A store of any kind that is there already; nothing is made, only reached. */
export interface ExistingStore {
  /** What it is, for people; "amqp", "mongodb", "opensearch"… is also the scheme of its `url`. */
  readonly kind: string;
  /** Name of the stack setting with its address, "host:port". */
  readonly existing: string;
  readonly database?: string;
  /** Secret with the password of `user`, where it asks for one. */
  readonly user?: string;
  readonly password?: string;
}

/** How one service uses a store. */
export interface Use {
  /** "change" is the right to change tables too: one user of a store has it, or a migration. */
  readonly may: "read" | "write" | "change";
  /** Why it is shared; every user but the first says so. */
  readonly shared?: string;
  /** Connections that one replica may open, where that is known. */
  readonly pool?: number;
}

/** Who brings tables to what the program needs. */
export type Migration =
  /** A command before each rollout; it has the right to change tables, the program has not. A failure keeps the old version. */
  | {
      readonly run: readonly string[];
      readonly image?: Source;
      /** Longest time that a good run takes; default 90 s beside the time the program may take to start. */
      readonly endsWithin?: string;
    }
  /** The program at its start, in every replica: why. It then may change tables for ever. */
  | { readonly itself: string }
  | Declined;

/** A folder that outlives the pod; one replica writes it. */
export interface Folder {
  readonly path: string;
  readonly size: string;
  readonly keeps: Keeps;
}
