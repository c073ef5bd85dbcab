import { Admin } from "@platformatic/kafka";
import { kafkaConnection } from "./kafka-connection.ts";
import type { Log } from "../process/log.ts";
import { schemaSession } from "../database/schema-session.ts";
import type { Settings } from "../process/settings.ts";

/**
 * Empties a read model and makes its group begin at the first record again; the next start builds it anew from the topics.
 * The service must be scaled to zero: the broker refuses to forget a group that has members.
 */
export async function rebuildViews(settings: Settings, tables: readonly string[], log: Log): Promise<void> {
  if (tables.length === 0)
    throw new Error(`${settings.service} has no read model to rebuild: its rows are the originals`);
  const admin = new Admin({ clientId: `${settings.service}-rebuild`, ...kafkaConnection(settings.kafka) });
  try {
    const groups = await admin.listGroups();
    if (groups.has(settings.kafka.group)) await admin.deleteGroups({ groups: [settings.kafka.group] });
  } finally {
    await admin.close();
  }
  const session = await schemaSession(settings.database, log);
  try {
    for (const table of [...tables, "parked", "inbox"]) await session.query(`DELETE FROM ${session.quoted(table)}`);
  } finally {
    await session.end();
  }
  log.info({ tables }, "read model emptied; start the service to rebuild it");
}
