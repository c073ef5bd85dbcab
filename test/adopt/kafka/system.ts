import { draftSystem } from "../../../model/draft.ts";
import { fact } from "../../../model/words/value.ts";

// Adopted from compose.yaml.
// What only people know is left open: `slipway plan` asks for it. Once nothing is, `draftSystem` becomes `defineSystem`.
// compose.yaml:22: zookeeper (confluentinc/cp-zookeeper:7.9.0) is not carried over: Kafka needs it no longer
export const kafka = draftSystem({
  name: "kafka",
  stores: {
    // kafka (confluentinc/cp-kafka:8.0.0), compose.yaml:18
    readings: { kind: "topic", database: "readings" },
    // kafka (confluentinc/cp-kafka:8.0.0), compose.yaml:18
    "alarms-topic": { kind: "topic", database: "alarms" },
    // kafka (confluentinc/cp-kafka:8.0.0), compose.yaml:18
    kafka: { kind: "kafka", existing: "kafka" },
  },
  services: {
    // compose.yaml:2
    sensors: {
      kind: "worker",
      from: { image: "plant/sensors:1" },
      uses: {
        readings: {}, // from KAFKA_BROKERS=kafka:9092 in sensors, compose.yaml:5
      },
      reads: { KAFKA_BROKERS: fact("readings", "brokers"), KAFKA_TOPIC: fact("readings", "topic") },
    },
    // compose.yaml:7
    alarms: {
      kind: "worker",
      from: { image: "plant/alarms:1" },
      uses: {
        readings: {}, // from KAFKA_BOOTSTRAP_SERVERS=kafka:9092 in alarms, compose.yaml:10
        "alarms-topic": {}, // from KAFKA_BOOTSTRAP_SERVERS=kafka:9092 in alarms, compose.yaml:10
      },
      reads: {
        KAFKA_BOOTSTRAP_SERVERS: fact("readings", "brokers"),
        READINGS_TOPIC: fact("readings", "topic"),
        ALARMS_TOPIC: fact("alarms-topic", "topic"),
        KAFKA_GROUP: "alarms",
      },
    },
    // compose.yaml:14
    tail: {
      kind: "worker",
      from: { image: "plant/tail:1" },
      uses: {
        kafka: {}, // from BROKERS=kafka:9092 in tail, compose.yaml:17
      },
      reads: { BROKERS: fact("kafka", "address") },
    },
  },
});
