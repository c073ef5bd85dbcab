import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { type Connection, createConnection } from "mysql2/promise";
import { type LabServer, NotInstalled } from "../lab/lab.ts";
import { startMariaDbWithAccounts } from "../lab/lab-accounts.ts";
import { createLog } from "../process/log.ts";
import { openDatabase } from "./database.ts";
import { DatabaseError } from "./database-error.ts";
import { declareDatabases } from "./declare-databases.ts";
import { migrate } from "./migrate.ts";
import { connectPatiently } from "./session.ts";
import { skip } from "../../test/skip.ts";

const SECRET = "hush-hush-hush-hush";
const root = { user: "root", password: "password-of-root" };
const users = [
  { name: "shop", may: "write" as const, passwordEnv: "APP" },
  { name: "shop_owner", may: "change" as const, passwordEnv: "OWNER" },
];
const file = { engine: "mariadb" as const, databases: [{ name: "shop", users, extensions: [] }] };
const nothing = new DatabaseError(new Error("nothing failed"), "none");

describe("what a real MariaDB refuses", function () {
  this.timeout(60_000);
  let server: LabServer | undefined;
  let admin: Connection;
  const lines: string[] = [];
  const log = createLog({ service: "test", version: "0", logLevel: "info" }, { write: (line) => lines.push(line) });
  const settings = (login = root, name = "lab") => ({
    host: "127.0.0.1",
    port: server?.port ?? 0,
    name,
    ...login,
    engine: "mariadb" as const,
    pool: 2,
    tls: "off" as const,
  });
  /** The error of work that must fail, after a look at everything it says and that a log says of it. */
  const refusal = async (work: () => Promise<unknown>): Promise<DatabaseError> => {
    const error = await work().then(
      () => assert.fail("nothing was refused"),
      (thrown: unknown) => thrown as DatabaseError,
    );
    lines.length = 0;
    log.error({ err: error }, "refused");
    const said = inspect(error, { depth: 9, showHidden: true }) + lines.join("");
    assert.doesNotMatch(said, /hush/i);
    assert.ok(lines.join("").includes(JSON.stringify(error.statement)), said);
    return error;
  };
  /** An administrator who may do so many statements and no more. */
  const limited = async (statements: number) => {
    const login = { user: `limited_${statements}`, password: "password-of-limited" };
    await admin.query("CREATE OR REPLACE USER ?@'%' IDENTIFIED BY ?", [login.user, login.password]);
    await admin.query(
      `GRANT ALL PRIVILEGES ON *.* TO '${login.user}'@'%' WITH GRANT OPTION MAX_QUERIES_PER_HOUR ${statements}`,
    );
    return login;
  };

  before(async function () {
    try {
      server = await startMariaDbWithAccounts(root);
    } catch (error) {
      if (!(error instanceof NotInstalled)) throw error;
      return skip(this, error.message);
    }
    admin = await createConnection({ host: "127.0.0.1", port: server.port, ...root });
    await admin.query("CREATE DATABASE lab");
    await admin.query(
      "CREATE TABLE lab.people (telephone VARCHAR(20) PRIMARY KEY, qty INT, name VARCHAR(40) CHARSET ascii)",
    );
    await admin.query("INSERT INTO lab.people (telephone) VALUES (?)", [SECRET]);
    await admin.query("CREATE USER 'weak'@'%' IDENTIFIED BY 'password-of-weak'");
    await admin.query("GRANT ALL PRIVILEGES ON lab.* TO 'weak'@'%'");
  });
  after(async () => {
    await admin?.end();
    await server?.stop();
  });

  const refused: readonly [code: string, statement: string, values: readonly unknown[]][] = [
    ["ER_SPECIFIC_ACCESS_DENIED_ERROR", "CREATE USER IF NOT EXISTS 'a'@'%' IDENTIFIED BY ?", [SECRET]],
    ["ER_SPECIFIC_ACCESS_DENIED_ERROR", "ALTER USER 'root'@'%' IDENTIFIED BY ?", [SECRET]],
    ["ER_PARSE_ERROR", "CREATE USER 'a'@'%' IDENTIFED BY ?", [SECRET]],
    ["ER_DUP_ENTRY", "INSERT INTO people (telephone) VALUES (?)", [SECRET]],
    ["ER_DATA_TOO_LONG", "INSERT INTO people (telephone) VALUES (?)", [`${SECRET}-and-more`]],
    ["ER_TRUNCATED_WRONG_VALUE_FOR_FIELD", "INSERT INTO people (telephone, qty) VALUES ('a', ?)", [`it's ${SECRET}`]],
    ["ER_TRUNCATED_WRONG_VALUE_FOR_FIELD", "UPDATE people SET name = ?", [`${SECRET} 회`]],
    ["ER_NO_SUCH_TABLE", "SELECT * FROM ??", [SECRET]],
  ];
  for (const [code, statement, values] of refused)
    it(`is told without its values: ${code} of ${statement}`, async () => {
      const weak = { user: "weak", password: "password-of-weak" };
      const session = await connectPatiently(settings(weak), log);
      try {
        const error = await refusal(() => session.query(statement, values));
        assert.deepEqual([error.code, error.statement], [code, statement]);
      } finally {
        await session.end();
      }
    });

  it("is told without its values to services, too", async () => {
    const db = openDatabase<{ people: { telephone: string; qty: number } }>(settings(), log);
    const error = await refusal(() => db.insertInto("people").values({ telephone: SECRET, qty: 1 }).execute());
    assert.deepEqual(
      [error.code, error.statement],
      ["ER_DUP_ENTRY", "insert into `people` (`telephone`, `qty`) values (?, ?)"],
    );
    await db.destroy();
  });

  it("is told without user or password where nobody may come in", async () => {
    const stranger = settings({ user: "hush-hush", password: SECRET });
    const impatient = {
      warn({ err }: { err: unknown }) {
        throw err;
      },
    } as unknown as typeof log;
    const db = openDatabase<{ people: { qty: number } }>(stranger, log);
    const doors = [() => connectPatiently(stranger, impatient), () => db.selectFrom("people").selectAll().execute()];
    for (const door of doors) {
      const error = await refusal(door);
      assert.deepEqual([error.code, error.statement], ["ER_ACCESS_DENIED_ERROR", "connect"]);
    }
    await db.destroy();
  });

  it("is told of a migration by its name and place, not by its text", async () => {
    const statements = ["SELECT 1", `INSERT INTO people (telephone) VALUES ('${SECRET}')`];
    const error = await refusal(() => migrate(settings(), [{ name: "lab-1", statements }], log));
    assert.equal(error.statement, "migration lab-1, statement 2 of 2");
  });

  it("never names a password, whichever statement of declaring databases fails", async () => {
    const failed: string[] = [];
    const declare = async (allowed: number) =>
      declareDatabases(settings(await limited(allowed), ""), file, { APP: SECRET, OWNER: SECRET }, log);
    // One statement more each time, until none fails.
    for (let allowed = 2; failed.at(-1) !== "none"; allowed += 1)
      failed.push((await refusal(() => declare(allowed).then(() => Promise.reject(nothing)))).statement);
    assert.deepEqual(
      failed.filter((statement) => statement.includes("IDENTIFIED")),
      ["shop", "shop_owner"].flatMap((user) => [
        `CREATE USER IF NOT EXISTS '${user}'@'%' IDENTIFIED BY ?`,
        `ALTER USER '${user}'@'%' IDENTIFIED BY ? ACCOUNT UNLOCK`,
      ]),
    );
  });

  it("never shows a password in what the job prints", async () => {
    const folder = mkdtempSync(join(tmpdir(), "slipway-discretion-"));
    writeFileSync(join(folder, "databases.json"), JSON.stringify(file));
    const { user, password } = await limited(4);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [new URL("../job.ts", import.meta.url).pathname, "databases", join(folder, "databases.json")],
      {
        encoding: "utf8",
        env: {
          DATABASE_HOST: "127.0.0.1",
          DATABASE_PORT: String(server?.port),
          DATABASE_USER: user,
          DATABASE_PASSWORD: password,
          APP: SECRET,
          OWNER: SECRET,
        },
      },
    );
    rmSync(folder, { recursive: true });
    assert.deepEqual([status, stderr], [1, ""]);
    assert.match(stdout, /"statement":"ALTER USER 'shop'@'%' IDENTIFIED BY \? ACCOUNT UNLOCK"/);
    assert.doesNotMatch(stdout, /hush/i);
  });
});
