import type { IncomingRecord, OutgoingRecord } from "./record.ts";

export interface Lag {
  readonly topic: string;
  readonly partition: number;
  readonly records: number;
}

/**
 * All that the kit needs of a Kafka client, so that the client can be exchanged.
 * None of the methods may be relied on to be fast: callers work with a broker that is down for minutes.
 */
export interface Broker {
  /** Appends the records in order; resolves when all in-sync replicas have them. One call at a time per topic, or order is lost. */
  publish(records: readonly OutgoingRecord[]): Promise<void>;
  /**
   * Joins the group and hands over records one at a time, in order within a partition, from the first record the group has not committed.
   * A record counts as consumed when its handling resolved. Rejoins by itself; a rejection of `handle` makes it hand the record over again.
   */
  subscribe(group: string, topics: readonly string[], handle: (record: IncomingRecord) => Promise<void>): void;
  /** Finishes the record in hand, commits and leaves the group. */
  unsubscribe(): Promise<void>;
  /** Records not yet consumed, for the partitions assigned here; empty while not in the group. */
  lag(): Promise<readonly Lag[]>;
  /** Closes every connection. */
  close(): Promise<void>;
}
