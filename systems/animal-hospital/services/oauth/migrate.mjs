import { openDatabase } from "./database.mjs";
import { databaseOf } from "./settings.mjs";

/** Every statement is safe to repeat. */
const STATEMENTS = [
  `CREATE TABLE IF NOT EXISTS oauth_state (model VARCHAR(40) NOT NULL, id VARCHAR(255) NOT NULL, payload MEDIUMTEXT NOT NULL, grant_id VARCHAR(100), uid VARCHAR(100),
   consumed_at BIGINT, expires_at BIGINT, PRIMARY KEY (model, id), KEY grant_id (grant_id), KEY uid (uid), KEY expires_at (expires_at))`,
  `CREATE TABLE IF NOT EXISTS signing_keys (kid CHAR(36) PRIMARY KEY, sealed TEXT NOT NULL, created_at BIGINT NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS accounts (id CHAR(36) PRIMARY KEY, name VARCHAR(100) NOT NULL UNIQUE, password VARCHAR(200) NOT NULL,
   failures INT NOT NULL DEFAULT 0, closed_until BIGINT NOT NULL DEFAULT 0)`,
];

const db = openDatabase(databaseOf(process.env));
for (const statement of STATEMENTS) await db.query(statement);
await db.end();
