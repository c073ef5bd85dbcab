/** Facts that other stacks own and a policy configuration states; a rule that misses one says "unknown". */

import { UnknownValue } from "./unknown.ts";

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
  /** Names of ConfigMaps, Secrets and ServiceAccounts that exist without being declared here, as `namespace/name`. */
  readonly existing?: readonly string[];
  /** True when objects may refer to others that are declared elsewhere: what is missing here is unknown, not wrong. */
  readonly partial?: boolean;
}

/** The fact, or the verdict "unknown" with what to configure. */
export function fact<K extends keyof Facts>(facts: Facts, name: K): NonNullable<Facts[K]> {
  const value = facts[name];
  if (value === undefined) throw new UnknownValue(`the fact "${name}" is neither declared here nor stated in the policy configuration`);
  return value;
}
