import { Consumer, type MessageToProduce, Producer } from "@platformatic/kafka";
import type { Broker } from "./broker.ts";
import type { Log } from "../process/log.ts";
import type { KafkaSettings } from "../process/settings.ts";
import { kafkaConnection } from "./kafka-connection.ts";
import type { OutgoingRecord } from "./record.ts";
import { FETCH_WAIT_MS, Subscription, type KafkaConsumer } from "./subscription.ts";

type Base = ReturnType<typeof kafkaConnection> & { readonly clientId: string };

const SESSION_TIMEOUT_MS = 10_000;
const REBALANCE_TIMEOUT_MS = 30_000;
const HEARTBEAT_MS = 2000;
/** A broker's restart is sat out: a member that gave up would have to wait for its former self to time out. */
const PATIENCE = { retries: 60, retryDelay: 500 };

/** Brokers count bytes as they come: a dead letter that is larger than a batch came compressed, and only so does it go on. */
const COMPRESSED_BYTES = 1_000_000;

/** The port over @platformatic/kafka. */
export function kafkaBroker(settings: KafkaSettings, clientId: string, log: Log): Broker {
  const base = { clientId, ...kafkaConnection(settings) };
  let producer: Producer | undefined;
  let subscription: Subscription | undefined;
  return {
    async publish(records) {
      producer ??= openProducer(base);
      const bytes = records.reduce((sum, record) => sum + (record.value?.length ?? 0), 0);
      await producer.send({
        messages: records.map(messageOf),
        compression: bytes > COMPRESSED_BYTES ? "gzip" : "none",
      });
    },
    subscribe(group, topics, handle) {
      subscription = new Subscription(() => openConsumer(base, group), topics, handle, log);
    },
    unsubscribe: async () => subscription?.stop(),
    lag: async () => subscription?.lag() ?? [],
    close: async () => {
      await producer?.close();
    },
  };
}

function openProducer(base: Base): Producer {
  // Not idempotent on purpose: concurrent recoveries of its sequence numbers acknowledged records that were then lost.
  // With one batch in flight a retry can only double a batch, and every consumer drops doubles by event id.
  return new Producer({
    ...base,
    idempotent: false,
    acks: -1,
    autocreateTopics: false,
    retries: 2,
    retryDelay: 250,
  });
}

function openConsumer(base: Base, group: string): KafkaConsumer {
  return new Consumer({
    ...base,
    groupId: group,
    autocommit: false,
    ...PATIENCE,
    sessionTimeout: SESSION_TIMEOUT_MS,
    rebalanceTimeout: REBALANCE_TIMEOUT_MS,
    heartbeatInterval: HEARTBEAT_MS,
    maxWaitTime: FETCH_WAIT_MS,
  });
}

/** The client's types know no record without key, value or header value; what it writes then is Kafka's own null. */
function messageOf({ topic, key, value, headers }: OutgoingRecord): MessageToProduce {
  return { topic, key, value, headers: new Map(headers) } as MessageToProduce;
}
