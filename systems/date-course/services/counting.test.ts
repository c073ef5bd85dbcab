import assert from "node:assert/strict";
import type { Kysely } from "kysely";
import { createConnection } from "mysql2/promise";
import { openDatabase } from "../../../runtime/database/database.ts";
import { type LabServer, NotInstalled, startMariaDb } from "../../../runtime/lab/lab.ts";
import { createLog } from "../../../runtime/process/log.ts";
import { skip } from "../../../test/skip.ts";
import { type Mark, MARKS_TABLE, noteMark } from "./counting.ts";

/** Every order of some things. */
function orders<T>(things: readonly T[]): T[][] {
  if (things.length < 2) return [[...things]];
  return things.flatMap((first, index) => orders(things.toSpliced(index, 1)).map((rest) => [first, ...rest]));
}

describe("the counters of a course", function () {
  this.timeout(60_000);
  let server: LabServer;
  let db: Kysely<{ marks: Mark }>;

  before(async function () {
    try {
      server = await startMariaDb();
    } catch (error) {
      if (!(error instanceof NotInstalled)) throw error;
      skip(this, error.message);
    }
    const login = { host: "127.0.0.1", port: server.port, user: "any" };
    const connection = await createConnection(login);
    await connection.query("CREATE DATABASE course");
    await connection.query("USE course");
    await connection.query(MARKS_TABLE);
    await connection.end();
    const log = createLog({ service: "test", version: "0", logLevel: "silent" });
    db = openDatabase({ engine: "mariadb", ...login, name: "course", password: "", pool: 1, tls: "off" }, log);
  });
  after(async () => {
    await db?.destroy();
    await server?.stop();
  });

  /** What a counter is after these likes and their ends, each of which comes twice. */
  async function counted(scheduleId: string, news: readonly (readonly [subject: string, revision: number])[]) {
    let counter = 0;
    for (const [subject, revision] of [...news, ...news]) {
      const mark: Mark = { scheduleId, kind: "like", subject, revision, counted: revision % 2 };
      counter += await db.transaction().execute((tx) => noteMark({ tx }, mark));
    }
    return counter;
  }

  it("are the same whatever the order of the news, and whatever comes twice", async () => {
    const news = [
      ["kim", 1],
      ["kim", 2],
      ["kim", 3],
      ["park", 1],
      ["park", 2],
    ] as const;
    for (const [index, order] of orders(news).entries())
      assert.equal(await counted(`course-${index}`, order), 1, JSON.stringify(order));
  });

  it("keep customers apart whose names differ in case, or by an end that is no letter", async () => {
    assert.equal(
      await counted(
        "names",
        ["kim", "Kim", "kim-", "kim_"].map((name) => [name, 1] as const),
      ),
      4,
    );
  });
});
