import { max, sum } from "../promql/aggregate.ts";
import { rate } from "../promql/rate.ts";
import { select, series } from "../promql/selector.ts";
import { RECORDED } from "../recorded.ts";
import { signals } from "../signal.ts";

const STORE = 'service="kafka"';
/** The broker itself, in a pod or in the cloud; a cloud's machines under the brokers answer apart. */
const EXPORTER = 'job=~"stores|brokers"';

/** The brokers of a system, as their JMX exporter sees them. */
export const kafka = signals({
  up: {
    title: "Brokers up",
    unit: "short",
    meaning: "Brokers whose metrics can be read. A broker nobody scrapes counts as down.",
    expr: ({ where, by }) =>
      `${sum(by, series("up", where, STORE, EXPORTER))} or on (${by.join(", ")}) 0 * ${max(by, select(RECORDED.store, [...where, STORE]))}`,
  },
  offline: {
    title: "Offline partitions",
    unit: "short",
    meaning: "Partitions without a leader: nobody can write or read them.",
    expr: ({ where, by }) => sum(by, series("kafkaOffline", where)),
  },
  underMinInSync: {
    title: "Below minimum in sync",
    unit: "short",
    meaning: "Partitions with fewer copies in sync than a write needs.",
    expr: ({ where, by }) => sum(by, series("kafkaUnderMinInSync", where)),
  },
  underReplicated: {
    title: "Under-replicated",
    unit: "short",
    meaning: "Partitions with fewer copies than planned.",
    expr: ({ where, by }) => sum(by, series("kafkaUnderReplicated", where)),
  },
  controllers: {
    title: "Active controllers",
    unit: "short",
    meaning: "Must be exactly 1.",
    expr: ({ where, by }) => sum(by, series("kafkaControllers", where)),
  },
  busy: {
    title: "Handlers busy",
    unit: "percentunit",
    meaning: "Share of time the request handlers are at work.",
    expr: ({ where, by }) => max(by, `1 - ${series("kafkaHandlerIdle", where)}`),
  },
  uncleanElections: {
    title: "Unclean elections",
    unit: "short",
    meaning: "Leaders chosen within ten minutes that lacked acknowledged records: these are lost.",
    expr: ({ where, by }) => sum(by, `increase(${series("kafkaUncleanElections", where)}[10m])`),
  },
  inSyncShrinks: {
    title: "In-sync shrinks",
    unit: "ops",
    meaning: "How often a copy fell out of sync, per second.",
    expr: (view) => rate("kafkaInSyncShrinks", view),
  },
  messages: {
    title: "Messages in",
    unit: "ops",
    meaning: "Records written per second.",
    expr: (view) => rate("kafkaMessagesIn", view),
  },
  bytesIn: {
    title: "Bytes in",
    unit: "Bps",
    meaning: "Bytes written per second.",
    expr: (view) => rate("kafkaBytesIn", view),
  },
  bytesOut: {
    title: "Bytes out",
    unit: "Bps",
    meaning: "Bytes read per second.",
    expr: (view) => rate("kafkaBytesOut", view),
  },
  requestTime: {
    title: "Request p99",
    unit: "ms",
    meaning: "Time a broker takes for one request in a hundred.",
    expr: ({ where, by }) => max([...by, "request"], series("kafkaRequestTime", where, 'quantile="0.99"')),
  },
  logSize: {
    title: "Log size",
    unit: "bytes",
    meaning: "Bytes on disk by topic.",
    expr: ({ where, by }) => sum([...by, "topic"], series("kafkaLogSize", where)),
  },
  brokerCpu: {
    title: "Broker CPU",
    unit: "percentunit",
    meaning: "Share of a broker machine's cores at work, of the busiest.",
    expr: ({ where, by, window }) =>
      max(
        by,
        `1 - avg by (${[...new Set([...by, "pod"])].join(", ")}) (rate(${series("brokerCpu", where, 'mode="idle"')}[${window}]))`,
      ),
  },
  brokerDisk: {
    title: "Broker disk in use",
    unit: "percentunit",
    meaning: "Share of a broker machine's data disk that is taken, of the fullest.",
    expr: ({ where, by }) =>
      max(by, `1 - ${series("brokerDiskAvailable", where)} / ${series("brokerDiskSize", where)}`),
  },
  heap: {
    title: "Heap in use",
    unit: "percentunit",
    meaning: "Heap of the broker as a share of the most it may take.",
    expr: ({ where, by }) =>
      max(by, `${series("jvmUsed", where, 'area="heap"')} / ${series("jvmMax", where, 'area="heap"')}`),
  },
});
