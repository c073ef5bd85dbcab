import { secret } from "@pulumi/pulumi";
import type { SystemPlan } from "../model/plan.ts";
import type { BrokerConnection, StoreConnection } from "./platform.ts";

/** The topics that programs use without the kit: the brokers themselves, which know a client by its pod. */
export function topicStores(
  { stores }: Pick<SystemPlan, "stores">,
  broker: BrokerConnection | null,
): [name: string, connection: StoreConnection][] {
  return stores
    .filter(({ kind }) => kind === "topic")
    .map(({ name, kind, database }) => {
      if (broker === null) throw new Error(`the topic "${name}" has no brokers`);
      const connection: StoreConnection = {
        kind,
        host: broker.brokers,
        port: broker.port,
        name: database,
        tls: broker.auth === "none" ? "off" : "required",
        login: () => ({ user: "", password: secret("") }),
        migrator: null,
        peers: broker.peers,
        ready: broker.ready,
      };
      return [name, connection];
    });
}
