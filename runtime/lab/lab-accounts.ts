import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createConnection, type RowDataPacket } from "mysql2/promise";
import { type LabServer, NotInstalled, startMariaDb } from "./lab.ts";

/** A MariaDB that asks for passwords and heeds grants, with an administrator who may do anything. */
export async function startMariaDbWithAccounts(admin: {
  readonly user: string;
  readonly password: string;
}): Promise<LabServer> {
  const server = await startMariaDb();
  try {
    await makeAccounts(server.port, admin);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function makeAccounts(
  port: number,
  { user, password }: { readonly user: string; readonly password: string },
): Promise<void> {
  const connection = await createConnection({ host: "127.0.0.1", port, user: "any", multipleStatements: true });
  try {
    const [rows] = await connection.query<RowDataPacket[]>("SELECT @@lc_messages_dir AS folder");
    const folder = String(rows[0]?.["folder"]);
    // The installer that comes with the server reads the same file, which newer versions call mariadb_….
    const [tables] = globSync(join(folder, "{mysql,mariadb}_system_tables.sql"));
    if (tables === undefined)
      throw new NotInstalled(
        `this mariadbd came without its system tables (wanted mysql_system_tables.sql in ${folder})`,
      );
    await connection.query(`CREATE DATABASE mysql; USE mysql; ${readFileSync(tables, "utf8")} FLUSH PRIVILEGES`); // from here on, accounts count
    await connection.query(
      "CREATE USER ?@'%' IDENTIFIED BY ?; GRANT ALL PRIVILEGES ON *.* TO ?@'%' WITH GRANT OPTION",
      [user, password, user],
    );
  } finally {
    await connection.end();
  }
}
