import assert from "node:assert/strict";
import { type Kysely, sql } from "kysely";
import { createConnection } from "mysql2/promise";
import { Refusal } from "./refusal.ts";
import { type LabServer, NotInstalled, startMariaDb } from "../lab/lab.ts";
import { createLog } from "../process/log.ts";
import { openDatabase } from "../database/database.ts";
import { readPage } from "./paging.ts";
import { skip } from "../../test/skip.ts";

interface Tables {
  orders: { orderId: string; createdAt: Date; status: string };
}

/** Entries of the same millisecond stand at every end of a page. */
const COUNT = 250;
const LARGE = 100_000;
const ORDER = { time: "createdAt", id: "orderId" } as const;

describe("a list on a real MariaDB", function () {
  this.timeout(60_000);
  let server: LabServer | undefined;
  let db: Kysely<Tables>;
  before(async function () {
    try {
      server = await startMariaDb();
    } catch (error) {
      if (!(error instanceof NotInstalled)) throw error;
      return skip(this, error.message);
    }
    const login = { host: "127.0.0.1", port: server.port, user: "any" };
    const connection = await createConnection(login);
    await connection.query("CREATE DATABASE lab CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci");
    await connection.query(
      `CREATE TABLE lab.orders (order_id CHAR(36) PRIMARY KEY, created_at DATETIME(3) NOT NULL, status VARCHAR(12) NOT NULL,
        KEY status (status, created_at), KEY created_at (created_at))`,
    );
    await connection.end();
    const log = createLog({ service: "test", version: "0", logLevel: "silent" });
    db = openDatabase<Tables>({ ...login, engine: "mariadb", name: "lab", password: "", pool: 2, tls: "off" }, log);
  });
  after(async () => {
    await db?.destroy();
    await server?.stop();
  });

  const insert = async (rows: readonly Tables["orders"][]) => {
    for (let begin = 0; begin < rows.length; begin += 5000)
      await db
        .insertInto("orders")
        .values(rows.slice(begin, begin + 5000))
        .execute();
  };
  const row = (index: number) => ({
    orderId: `o${String((index * 7919) % 1_000_000)}`,
    createdAt: new Date(1_750_000_000_000 + Math.floor(index / 7)),
    status: index % 2 === 0 ? "PAID" : "TAKEN",
  });
  const walk = async (size: string, status?: string, onPage = async (_page: number) => {}) => {
    const found = db.selectFrom("orders").selectAll();
    const seen: Tables["orders"][] = [];
    for (let page = 0, after: string | null | undefined; after !== null; page += 1) {
      const query = { size, ...(after === undefined ? {} : { after }) };
      const answer = await readPage(query, status === undefined ? found : found.where("status", "=", status), ORDER);
      seen.push(...answer.items);
      after = answer.next;
      await onPage(page);
    }
    return seen;
  };
  beforeEach(async () => {
    await db.deleteFrom("orders").execute();
  });

  it("shows every entry once, newest first, on whatever pages", async () => {
    const rows = Array.from({ length: COUNT }, (_, index) => row(index));
    await insert(rows);
    for (const size of ["1", "3", "50", "100"]) {
      let pages = 0;
      const seen = await walk(size, undefined, async (page) => void (pages = page + 1));
      assert.equal(pages, Math.ceil(COUNT / Number(size)));
      assert.deepEqual(new Set(seen.map(({ orderId }) => orderId)), new Set(rows.map(({ orderId }) => orderId)));
      assert.equal(seen.length, COUNT);
      assert.ok(seen.every(({ createdAt }, index) => index === 0 || createdAt <= (seen[index - 1]?.createdAt ?? 0)));
    }
    assert.equal((await walk("7", "TAKEN")).length, COUNT / 2);
  });

  it("shows none twice and misses none when entries are added meanwhile", async () => {
    await insert(Array.from({ length: COUNT }, (_, index) => row(index)));
    const seen = await walk("20", undefined, (page) => insert([row(COUNT + page)]));
    assert.equal(seen.length, COUNT);
  });

  it("ends at once where there is nothing", async () => assert.deepEqual(await walk("20"), []));

  it("refuses what is no place of a list", async () => {
    const token = (text: string) => Buffer.from(text).toString("base64url");
    for (const after of ["x", token("1"), token(":o1"), token("yesterday:o1"), token(`${"9".repeat(30)}:o1`)])
      await assert.rejects(
        readPage({ after }, db.selectFrom("orders").selectAll(), ORDER),
        (error: unknown) => error instanceof Refusal && error.status === 400,
      );
  });

  it("looks at no more rows for the last page of a hundred thousand than for the first", async () => {
    await insert(Array.from({ length: LARGE }, (_, index) => row(index)));
    await sql`ANALYZE TABLE orders`.execute(db); // which the server does by itself, somewhat later
    const rowsRead = async (after?: Tables["orders"], status?: string) => {
      const found = db.selectFrom("orders").selectAll();
      const query = after && {
        after: Buffer.from(`${after.createdAt.getTime()}:${after.orderId}`).toString("base64url"),
      };
      const before = await handlerReads();
      await readPage(query ?? {}, status === undefined ? found : found.where("status", "=", status), ORDER);
      return (await handlerReads()) - before;
    };
    for (const status of [undefined, "PAID"])
      for (const place of [undefined, row(LARGE / 2), row(30)]) {
        const rows = await rowsRead(place, status);
        assert.ok(rows < 100, `${rows} rows read for the page behind ${String(place?.createdAt.toISOString())}`);
      }
  });

  /** Rows that the server has read so far, on all connections. */
  async function handlerReads(): Promise<number> {
    const connection = await createConnection({ host: "127.0.0.1", port: server?.port ?? 0, user: "any" });
    const [rows] = await connection.query(
      "SHOW GLOBAL STATUS WHERE Variable_name IN ('Handler_read_next', 'Handler_read_prev', 'Handler_read_rnd_next', 'Handler_read_key')",
    );
    await connection.end();
    return (rows as { Value: string }[]).reduce((sum, { Value }) => sum + Number(Value), 0);
  }
});
