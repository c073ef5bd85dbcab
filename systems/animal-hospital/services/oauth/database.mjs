import { createPool } from "mysql2/promise";

const CONNECTIONS = 5;
const CONNECT_MS = 3000;

/** A pool of connections; nothing connects before the first statement. */
export function openDatabase(login) {
  return createPool({
    ...login,
    connectionLimit: CONNECTIONS,
    connectTimeout: CONNECT_MS,
    charset: "utf8mb4",
    timezone: "Z",
    enableKeepAlive: true,
  });
}

/** Does something while no other replica does the same. */
export async function alone(db, name, work) {
  const connection = await db.getConnection();
  try {
    const [[{ got }]] = await connection.query("SELECT GET_LOCK(?, 10) AS got", [name]);
    if (got !== 1) throw new Error(`another replica has been at ${name} for 10 s`);
    return await work(connection);
  } finally {
    // The lock ends with the statement below, or with the connection.
    await connection.query("SELECT RELEASE_LOCK(?)", [name]).catch(() => connection.destroy());
    connection.release();
  }
}
