import type { Generated } from "kysely";
import type { DatabaseSettings } from "../process/settings.ts";
import type { Migration } from "./migrate.ts";

/** Tables that the kit keeps in every service's own database, so that they change in the same transaction as the business rows. */
export interface KitTables {
  /** Events committed but not yet published. */
  outbox: {
    id: Generated<number>;
    eventId: string;
    eventType: string;
    messageKey: string;
    value: string;
    headers: string;
    createdAt: Date;
  };
  /** One row; whoever locks it may publish. */
  outboxLease: { id: number };
  /** Events whose effect is committed. */
  inbox: { eventId: string; eventType: string; handledAt: Date };
  /** Events that could not be handled yet. */
  parked: {
    id: Generated<number>;
    eventId: string;
    eventType: string;
    topic: string;
    messageKey: string;
    sourcePartition: number;
    sourceOffset: string;
    value: string;
    /** See `headersText`. */
    headers: string;
    reason: "early" | "failed";
    attempts: number;
    nextAt: Date;
    parkedAt: Date;
  };
}

/** How those tables are made. */
export function kitMigrations(engine: DatabaseSettings["engine"]): readonly Migration[] {
  return engine === "postgres" ? ON_POSTGRES : ON_MARIADB;
}

const ON_POSTGRES: readonly Migration[] = [
  {
    name: "kit-1-outbox",
    statements: [
      `CREATE TABLE IF NOT EXISTS outbox (
        id BIGSERIAL PRIMARY KEY, event_id VARCHAR(36) NOT NULL, event_type VARCHAR(64) NOT NULL, message_key VARCHAR(64) NOT NULL,
        value TEXT NOT NULL, headers TEXT NOT NULL, created_at TIMESTAMPTZ(3) NOT NULL)`,
      "CREATE TABLE IF NOT EXISTS outbox_lease (id SMALLINT PRIMARY KEY)",
      "INSERT INTO outbox_lease (id) VALUES (1) ON CONFLICT DO NOTHING",
    ],
  },
  {
    name: "kit-2-inbox",
    statements: [
      "CREATE TABLE IF NOT EXISTS inbox (event_id VARCHAR(36) PRIMARY KEY, event_type VARCHAR(64) NOT NULL, handled_at TIMESTAMPTZ(3) NOT NULL)",
      "CREATE INDEX IF NOT EXISTS inbox_handled_at ON inbox (handled_at)",
      `CREATE TABLE IF NOT EXISTS parked (
        id BIGSERIAL PRIMARY KEY, event_id VARCHAR(36) NOT NULL UNIQUE, event_type VARCHAR(64) NOT NULL, topic VARCHAR(249) NOT NULL,
        message_key VARCHAR(64) NOT NULL, source_partition INT NOT NULL, source_offset BIGINT NOT NULL, value TEXT NOT NULL, headers TEXT NOT NULL,
        reason VARCHAR(8) NOT NULL, attempts INT NOT NULL, next_at TIMESTAMPTZ(3) NOT NULL, parked_at TIMESTAMPTZ(3) NOT NULL)`,
      "CREATE INDEX IF NOT EXISTS parked_next_at ON parked (next_at)",
      "CREATE INDEX IF NOT EXISTS parked_message_key ON parked (message_key, topic)",
    ],
  },
];

const ON_MARIADB: readonly Migration[] = [
  {
    name: "kit-1-outbox",
    statements: [
      `CREATE TABLE IF NOT EXISTS outbox (
        id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, event_id CHAR(36) NOT NULL, event_type VARCHAR(64) NOT NULL, message_key VARCHAR(64) NOT NULL,
        value MEDIUMTEXT NOT NULL, headers TEXT NOT NULL, created_at DATETIME(3) NOT NULL)`,
      "CREATE TABLE IF NOT EXISTS outbox_lease (id TINYINT PRIMARY KEY)",
      "INSERT IGNORE INTO outbox_lease (id) VALUES (1)",
    ],
  },
  {
    name: "kit-2-inbox",
    statements: [
      "CREATE TABLE IF NOT EXISTS inbox (event_id CHAR(36) PRIMARY KEY, event_type VARCHAR(64) NOT NULL, handled_at DATETIME(3) NOT NULL, KEY handled_at (handled_at))",
      `CREATE TABLE IF NOT EXISTS parked (
        id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY, event_id CHAR(36) NOT NULL UNIQUE, event_type VARCHAR(64) NOT NULL, topic VARCHAR(249) NOT NULL,
        message_key VARCHAR(64) NOT NULL, source_partition INT NOT NULL, source_offset BIGINT NOT NULL, value MEDIUMTEXT NOT NULL, headers TEXT NOT NULL,
        reason VARCHAR(8) NOT NULL, attempts INT NOT NULL, next_at DATETIME(3) NOT NULL, parked_at DATETIME(3) NOT NULL,
        KEY next_at (next_at), KEY message_key (message_key, topic))`,
    ],
  },
  // What is parked may have more headers than 64 KiB of text, once written as JSON.
  { name: "kit-3-headers", statements: ["ALTER TABLE parked MODIFY headers MEDIUMTEXT NOT NULL"] },
];
