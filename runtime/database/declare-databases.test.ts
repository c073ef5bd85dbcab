import assert from "node:assert/strict";
import { type Connection, createConnection, type RowDataPacket } from "mysql2/promise";
import { declareDatabases } from "./declare-databases.ts";
import { type LabServer, NotInstalled } from "../lab/lab.ts";
import { startMariaDbWithAccounts } from "../lab/lab-accounts.ts";
import type { DatabasesFile } from "../process/job-files.ts";
import { createLog } from "../process/log.ts";
import { skip } from "../../test/skip.ts";

const log = createLog({ service: "test", version: "0", logLevel: "silent" });
const root = { user: "root", password: "password-of-root" };
const names = ["shop_order", "shop_payment"] as const;
type Databases = DatabasesFile["databases"];
const databases: Databases = names.map((name) => ({
  name,
  extensions: [],
  users: [
    { name, may: "write", passwordEnv: `${name}_PASSWORD` },
    { name: `${name}_owner`, may: "change", passwordEnv: `${name}_OWNER` },
  ],
}));
const passwords = Object.fromEntries(
  names.flatMap((name) => [
    [`${name}_PASSWORD`, `password-of-${name}`],
    [`${name}_OWNER`, `password-of-${name}_owner`],
  ]),
);
/** The mark of whoever is made from a description: a right to a database that is not there. */
const MARK = /ON `slipway\.user`/;
const ROUNDS = 5;

describe("databases, users and grants on a real MariaDB", function () {
  this.timeout(60_000);
  let server: LabServer | undefined;
  let admin: Connection;
  const connect = (user: string, database?: string, password = `password-of-${user}`) =>
    createConnection({
      host: "127.0.0.1",
      port: server?.port ?? 0,
      user,
      password,
      ...(database === undefined ? {} : { database }),
    });
  const declare = (env: NodeJS.ProcessEnv = passwords, declared: Databases = databases) =>
    declareDatabases(
      { host: "127.0.0.1", port: server?.port ?? 0, name: "", ...root, tls: "off" },
      { engine: "mariadb", databases: declared },
      env,
      log,
    );
  const grants = async () =>
    Object.fromEntries(
      await Promise.all(
        databases
          .flatMap(({ users }) => users)
          .map(async ({ name: user }) => {
            const [lines] = await admin.query<RowDataPacket[][]>({ sql: "SHOW GRANTS FOR ?@'%'", rowsAsArray: true }, [
              user,
            ]);
            return [
              user,
              lines
                .flat()
                .map((line) => String(line).replace(/ IDENTIFIED BY PASSWORD '.+?'/, ""))
                .filter((line) => !MARK.test(line)),
            ] as const;
          }),
      ),
    );

  before(async function () {
    try {
      server = await startMariaDbWithAccounts(root);
    } catch (error) {
      if (!(error instanceof NotInstalled)) throw error;
      return skip(this, error.message);
    }
    admin = await connect(root.user);
    await declare();
  });
  after(async () => {
    await admin?.end();
    await server?.stop();
  });

  it("gives each user its rights to its database, and the same when it runs again", async () => {
    const first = await grants();
    assert.deepEqual(first["shop_order"], [
      "GRANT USAGE ON *.* TO `shop_order`@`%`",
      "GRANT SELECT, INSERT, UPDATE, DELETE, EXECUTE ON `shop\\_order`.* TO `shop_order`@`%`",
    ]);
    assert.deepEqual(first["shop_order_owner"], [
      "GRANT USAGE ON *.* TO `shop_order_owner`@`%`",
      "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, REFERENCES, INDEX, ALTER, CREATE TEMPORARY TABLES, EXECUTE, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, TRIGGER ON `shop\\_order`.* TO `shop_order_owner`@`%`",
    ]);
    await declare();
    assert.deepEqual(await grants(), first);
  });

  it("refuses no service that connects and works while it runs again", async () => {
    const owner = await connect("shop_order_owner", "shop_order");
    await owner.query("CREATE TABLE IF NOT EXISTS orders (id INT)");
    await owner.end();
    let again = true;
    let connections = 0;
    const service = async () => {
      for (; again; connections += 1) {
        const connection = await connect("shop_order", "shop_order");
        await connection.query("SELECT id FROM orders").finally(() => connection.end());
      }
    };
    const rerun = async () => {
      try {
        for (let round = 0; round < ROUNDS; round += 1) await declare();
      } finally {
        again = false;
      }
    };
    await Promise.all([rerun(), service(), service(), service()]);
    assert.ok(connections > ROUNDS, `only ${connections} connections`);
  });

  it("takes away every right that is not in the description", async () => {
    const wanted = await grants();
    await admin.query("CREATE TABLE IF NOT EXISTS shop_payment.cards (id INT, number INT)");
    await admin.query("CREATE ROLE everything");
    for (const surplus of [
      "ALTER, CREATE VIEW ON `shop\\_order`.*",
      "SELECT ON `shop_order`.*",
      "SELECT, DROP ON `shop\\_payment`.*",
      "PROCESS ON *.*",
      "SELECT (id, number), INSERT ON shop_payment.cards",
      "everything",
    ])
      await admin.query(`GRANT ${surplus} TO shop_order`);
    for (const place of ["`shop\\_payment`.*", "`shop\\_payment_owner`.*", "*.*"])
      await admin.query(`GRANT ALL PRIVILEGES ON ${place} TO shop_payment WITH GRANT OPTION`);
    await admin.query("GRANT USAGE ON shop_order.* TO shop_order_owner WITH GRANT OPTION");
    assert.notDeepEqual(await grants(), wanted);
    await declare();
    assert.deepEqual(await grants(), wanted);
  });

  it("keeps a service out of another's database, also where an underscore would match any letter", async () => {
    await admin.query("CREATE DATABASE IF NOT EXISTS shopxorder");
    for (const other of ["shop_payment", "shopxorder", "mysql"])
      await assert.rejects(connect("shop_order", other), { code: "ER_DBACCESS_DENIED_ERROR" });
  });

  it("takes the right to write away from a service that may only read now", async () => {
    const [order, ...others] = databases;
    assert.ok(order);
    const [user, ...owners] = order.users;
    assert.ok(user);
    const first = await grants();
    await declare(passwords, [{ ...order, users: [{ ...user, may: "read" }, ...owners] }, ...others]);
    assert.deepEqual((await grants())["shop_order"]?.at(-1), "GRANT SELECT ON `shop\\_order`.* TO `shop_order`@`%`");
    await declare();
    assert.deepEqual(await grants(), first);
  });

  it("gives a service that uses two databases its rights in both", async () => {
    const [order, payment] = databases;
    assert.ok(order && payment);
    const reads = { name: "shop_order", may: "read" as const, passwordEnv: "shop_order_PASSWORD" };
    const first = await grants();
    await declare(passwords, [order, { ...payment, users: [...payment.users, reads] }]);
    assert.deepEqual((await grants())["shop_order"]?.toSorted().slice(0, 2), [
      "GRANT SELECT ON `shop\\_payment`.* TO `shop_order`@`%`",
      "GRANT SELECT, INSERT, UPDATE, DELETE, EXECUTE ON `shop\\_order`.* TO `shop_order`@`%`",
    ]);
    await declare();
    assert.deepEqual(await grants(), first);
  });

  it("removes a user that is gone from the description, lets it in again when it is back, and touches nobody else's", async () => {
    const [order, payment] = databases;
    assert.ok(order && payment);
    await admin.query("CREATE USER IF NOT EXISTS anna@'%' IDENTIFIED BY 'password-of-anna'");
    await admin.query("GRANT SELECT ON shop_payment.* TO anna@'%'");
    const first = await grants();
    const owner = await connect("shop_payment_owner", "shop_payment");
    await owner.query("CREATE TABLE IF NOT EXISTS kept (id INT)");
    await owner.query("INSERT INTO kept VALUES (7)");
    await owner.end();
    await declare(passwords, [order]);
    for (const user of ["shop_payment", "shop_payment_owner"]) {
      await assert.rejects(connect(user), { code: "ER_ACCESS_DENIED_ERROR" });
      assert.equal(
        (await admin.query<RowDataPacket[]>("SELECT 1 FROM mysql.user WHERE User = ?", [user]))[0].length,
        0,
      );
    }
    const [rows] = await admin.query<RowDataPacket[]>("SELECT id FROM shop_payment.kept");
    assert.equal(rows.at(-1)?.["id"], 7);
    await (await connect("anna", "shop_payment")).end();
    await declare();
    assert.deepEqual(await grants(), first);
    await (await connect("shop_payment", "shop_payment")).end();
  });

  it("locks a gone user in whose name a view or a trigger acts, which go on", async () => {
    const [order, payment] = databases;
    assert.ok(order && payment);
    const first = await grants();
    const owner = await connect("shop_payment_owner", "shop_payment");
    await owner.query("CREATE TABLE IF NOT EXISTS bills (id INT)");
    await owner.query("CREATE OR REPLACE VIEW open_bills AS SELECT id FROM bills");
    await owner.end();
    await declare(passwords, [order, { ...payment, users: payment.users.filter(({ may }) => may !== "change") }]);
    await assert.rejects(connect("shop_payment_owner", "shop_payment"), {
      sqlMessage: "Access denied, this account is locked",
    });
    const service = await connect("shop_payment", "shop_payment");
    await service.query("SELECT id FROM open_bills").finally(() => service.end());
    await declare();
    assert.deepEqual(await grants(), first);
    await (await connect("shop_payment_owner", "shop_payment")).end();
  });

  it("sets a changed password", async () => {
    const changed = "another-password-of-it";
    await declare({ ...passwords, ["shop_order_PASSWORD"]: changed });
    await (await connect("shop_order", "shop_order", changed)).end();
    await assert.rejects(connect("shop_order", "shop_order"), { code: "ER_ACCESS_DENIED_ERROR" });
  });
});
