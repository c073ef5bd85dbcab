import { UnknownValue } from "./unknown.ts";

/** Facts that other stacks own and a policy configuration states; a rule that misses one says "unknown". */

export interface Facts {
  /** Zones in which pods can run. */
  readonly zones?: number;
  /** What a node type offers to pods: cores and bytes. */
  readonly nodeTypes?: Readonly<Record<string, { readonly cpu: number; readonly memory: number }>>;
  /** Connections that the database accepts. */
  readonly maxConnections?: number;
  /** Brokers of a Kafka cluster that another stack declares. */
  readonly brokers?: number;
  /** Whether the Prometheus of this cluster follows `prometheus.io/scrape` annotations. */
  readonly scrapeAnnotations?: boolean;
  /** The day that judges what has a date (an ISO date); the machine's where nobody states it. */
  readonly today?: string;
  /** Names of ConfigMaps, Secrets and ServiceAccounts that exist without being declared here, as `namespace/name`. */
  readonly existing?: readonly string[];
}

/** Thrown when a rule needs a fact that nobody stated: the configuration can answer it, deployment cannot. */
export class MissingFact extends UnknownValue {
  readonly fact: keyof Facts;

  constructor(fact: keyof Facts, reason: string) {
    super(reason);
    this.fact = fact;
  }
}
