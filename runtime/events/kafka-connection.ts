import type { BaseOptions } from "@platformatic/kafka";
import { mskToken } from "./msk-token.ts";
import type { KafkaSettings } from "../process/settings.ts";

const CONNECT_TIMEOUT_MS = 3000;
const REQUEST_TIMEOUT_MS = 10_000;
// A broker that moved is found again within this time.
const METADATA_MAX_AGE_MS = 15_000;

/** How every Kafka client of ours connects: plain inside the dev cluster, TLS and IAM on AWS, with a fresh token for each connection. */
export function kafkaConnection(settings: Pick<KafkaSettings, "brokers" | "auth">): Omit<BaseOptions, "clientId"> {
  const common = {
    bootstrapBrokers: [...settings.brokers],
    connectTimeout: CONNECT_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    metadataMaxAge: METADATA_MAX_AGE_MS,
  };
  if (settings.auth === "none") return common;
  return {
    ...common,
    tls: {},
    tlsServerName: true,
    sasl: { mechanism: "OAUTHBEARER", token: () => mskToken(settings.brokers, process.env) },
  };
}
