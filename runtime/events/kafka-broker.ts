import { Consumer, Producer, stringDeserializers, stringSerializers } from "@platformatic/kafka";
import type { Broker } from "./broker.ts";
import type { Log } from "../process/log.ts";
import type { KafkaSettings } from "../process/settings.ts";
import { kafkaConnection } from "./kafka-connection.ts";
import { FETCH_WAIT_MS, Subscription, type TextConsumer } from "./subscription.ts";

type TextProducer = Producer<string, string, string, string>;
type Base = ReturnType<typeof kafkaConnection> & { readonly clientId: string };

const SESSION_TIMEOUT_MS = 10_000;
const REBALANCE_TIMEOUT_MS = 30_000;
const HEARTBEAT_MS = 2000;
/** A broker's restart is sat out: a member that gave up would have to wait for its former self to time out. */
const PATIENCE = { retries: 60, retryDelay: 500 };

/** The port over @platformatic/kafka. */
export function kafkaBroker(settings: KafkaSettings, clientId: string, log: Log): Broker {
  const base = { clientId, ...kafkaConnection(settings) };
  let producer: TextProducer | undefined;
  let subscription: Subscription | undefined;
  return {
    async publish(records) {
      producer ??= openProducer(base);
      await producer.send({ messages: records.map((record) => ({ ...record })) });
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

function openProducer(base: Base): TextProducer {
  // Not idempotent on purpose: concurrent recoveries of its sequence numbers acknowledged records that were then lost.
  // With one batch in flight a retry can only double a batch, and every consumer drops doubles by event id.
  return new Producer({
    ...base,
    serializers: stringSerializers,
    idempotent: false,
    acks: -1,
    autocreateTopics: false,
    retries: 2,
    retryDelay: 250,
  });
}

function openConsumer(base: Base, group: string): TextConsumer {
  return new Consumer({
    ...base,
    groupId: group,
    deserializers: stringDeserializers,
    autocommit: false,
    ...PATIENCE,
    sessionTimeout: SESSION_TIMEOUT_MS,
    rebalanceTimeout: REBALANCE_TIMEOUT_MS,
    heartbeatInterval: HEARTBEAT_MS,
    maxWaitTime: FETCH_WAIT_MS,
  });
}
