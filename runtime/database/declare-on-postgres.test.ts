import assert from "node:assert/strict";
import { Client } from "pg";
import { skip } from "../../test/skip.ts";
import { type LabServer, NotInstalled } from "../lab/lab.ts";
import { startPostgres } from "../lab/lab-postgres.ts";
import { createLog } from "../process/log.ts";
import { declareDatabases } from "./declare-databases.ts";

const log = createLog({ service: "test", version: "0", logLevel: "silent" });
const SUPER = "password-of-postgres";
/** As RDS has it: no superuser. */
const ADMIN = { user: "admin", password: "password-of-admin" };
const ROUNDS = 3;

type May = "read" | "write" | "change";
type Users = Readonly<Record<string, May>>;
const SHOP: Users = { shop: "write", shop_owner: "change", report: "read" };
/** Nobody has that name and password. */
const UNKNOWN = { code: "28P01" };
const REFUSED = { code: "42501" };

const database = (name: string, users: Users, extensions: string[] = []) => ({
  name,
  extensions,
  users: Object.entries(users).map(([user, may]) => ({ name: user, may, passwordEnv: user })),
});

describe("databases, users and rights on a real PostgreSQL", function () {
  this.timeout(60_000);
  let server: LabServer | undefined;
  const as = async <Result>(
    user: string,
    name: string,
    use: (client: Client) => Promise<Result>,
    password = `password-of-${user}`,
  ): Promise<Result> => {
    const client = new Client({ host: "127.0.0.1", port: server?.port ?? 0, user, password, database: name });
    await client.connect();
    return use(client).finally(() => client.end());
  };
  const query = (user: string, text: string, name = "shop") => as(user, name, async (client) => client.query(text));
  const declare = async (
    databases: ReturnType<typeof database>[] = [database("shop", SHOP), database("other", { other: "change" })],
    passwords: NodeJS.ProcessEnv = {},
  ) => {
    const users = databases.flatMap((each) => each.users.map(({ name }) => name));
    const env = Object.fromEntries(users.map((name) => [name, `password-of-${name}`]));
    const admin = { host: "127.0.0.1", port: server?.port ?? 0, name: "", tls: "off" as const, ...ADMIN };
    await declareDatabases(admin, { engine: "postgres", databases }, { ...env, ...passwords }, log);
  };

  before(async function () {
    try {
      server = await startPostgres(SUPER);
    } catch (error) {
      if (!(error instanceof NotInstalled)) throw error;
      return skip(this, error.message);
    }
    await query("postgres", `CREATE ROLE admin LOGIN CREATEDB CREATEROLE PASSWORD '${ADMIN.password}'`, "postgres");
    for (const name of ["postgres", "template1"])
      await query("postgres", `ALTER DATABASE ${name} OWNER TO admin`, "postgres");
  });
  beforeEach(() => declare());
  after(() => server?.stop());

  it("let one user read, one write, and one change tables that the others then use", async () => {
    await query("shop_owner", "CREATE TABLE IF NOT EXISTS orders (id serial PRIMARY KEY, what text)");
    await query("shop", "INSERT INTO orders (what) VALUES ('cod')");
    await query("shop", "UPDATE orders SET what = 'tuna'; DELETE FROM orders WHERE id < 0");
    assert.equal((await query("report", "SELECT what FROM orders")).rows[0].what, "tuna");
    for (const statement of ["DROP TABLE orders", "CREATE TABLE mine ()", "TRUNCATE orders", "CREATE SCHEMA mine"])
      await assert.rejects(query("shop", statement), REFUSED, statement);
    for (const statement of ["DELETE FROM orders", "SELECT nextval('orders_id_seq')", "CREATE TEMPORARY TABLE mine ()"])
      await assert.rejects(query("report", statement), REFUSED, statement);
  });

  it("let the program that changes tables have schemas of its own, which the others see", async () => {
    await query("shop_owner", "CREATE SCHEMA IF NOT EXISTS stock; CREATE TABLE IF NOT EXISTS stock.fish (id int)");
    await query("shop", "INSERT INTO stock.fish VALUES (1)");
    assert.equal((await query("report", "SELECT id FROM stock.fish")).rows.length, 1);
  });

  it("keep a service out of every other database, the server's own included", async () => {
    for (const name of ["other", "postgres", "template1"])
      await assert.rejects(query("shop_owner", "SELECT 1", name), REFUSED, name);
    await assert.rejects(query("other", "SELECT 1"), REFUSED);
  });

  it("take away what is no longer in the description, also from a user that is gone from it", async () => {
    await query("shop_owner", "CREATE TABLE IF NOT EXISTS orders (id serial PRIMARY KEY, what text)");
    await declare([database("shop", { shop: "read", shop_owner: "change" }), database("other", { other: "change" })]);
    await query("shop", "SELECT 1 FROM orders");
    await assert.rejects(query("shop", "DELETE FROM orders"), REFUSED);
    await assert.rejects(query("report", "SELECT 1"), UNKNOWN);
  });

  it("remove a user that is gone from the description, whatever it made or was given by hand, and nothing that it made", async () => {
    await query("shop_owner", "CREATE TABLE IF NOT EXISTS orders (id serial PRIMARY KEY, what text)");
    await declare([
      database("shop", { ...SHOP, leaver: "change" }),
      database("other", { other: "change", leaver: "read" }),
    ]);
    await query("leaver", "CREATE TABLE IF NOT EXISTS kept (id int); INSERT INTO kept VALUES (7)");
    await query("leaver", "SET ROLE NONE; CREATE TABLE IF NOT EXISTS own (id int); INSERT INTO own VALUES (8)");
    await query("shop_owner", "GRANT SELECT ON orders TO leaver");
    await query("admin", "CREATE ROLE anna LOGIN PASSWORD 'password-of-anna'", "postgres");
    await declare();
    const [{ rows }, kept, own] = await Promise.all([
      query("admin", "SELECT rolname FROM pg_roles WHERE rolname IN ('leaver', 'anna')", "postgres"),
      query("report", "SELECT id FROM kept"),
      query("report", "SELECT id FROM own"),
    ]);
    assert.deepEqual(rows, [{ rolname: "anna" }], "who was made by hand stays");
    assert.deepEqual([...kept.rows, ...own.rows], [{ id: 7 }, { id: 8 }]);
    await query("shop_owner", "DROP TABLE kept, own");
  });

  it("remove the users of a database that is gone from the description, and let them in again when it comes back", async () => {
    await query("other", "CREATE TABLE IF NOT EXISTS kept (id int)", "other");
    await declare([database("shop", SHOP)]);
    await assert.rejects(query("other", "SELECT 1", "other"), UNKNOWN);
    await declare();
    await query("other", "SELECT id FROM kept", "other");
  });

  it("leave tables to the database when another program may change them", async () => {
    await declare([database("shop", { ...SHOP, shop: "change", shop_owner: "read" })]);
    await query("shop", "CREATE TABLE made (id int)");
    await query("shop", "SET ROLE NONE; CREATE TABLE IF NOT EXISTS own (id int)"); // a program that leaves its group
    await declare();
    await assert.rejects(query("shop", "ALTER TABLE own ADD COLUMN more int"), REFUSED);
    await query("shop", "INSERT INTO own VALUES (1); INSERT INTO made VALUES (1)");
    await query("shop_owner", "DROP TABLE own, made");
  });

  it("take away every right that somebody gave by hand", async () => {
    await query("shop_owner", "CREATE TABLE IF NOT EXISTS orders (id serial PRIMARY KEY, what text)");
    await query("shop_owner", "GRANT ALL ON orders TO report; GRANT ALL ON SCHEMA public TO report");
    await query("admin", 'ALTER ROLE report CREATEDB; GRANT "shop.write", "other.change" TO report', "postgres");
    await query("report", "DELETE FROM orders WHERE id < 0");
    await declare();
    for (const statement of ["DELETE FROM orders", "CREATE TABLE mine ()", "CREATE DATABASE mine"])
      await assert.rejects(query("report", statement), REFUSED, statement);
    await assert.rejects(query("report", "SELECT 1", "other"), REFUSED);
  });

  it("refuse no service that connects and works while they are declared again", async () => {
    await query("shop_owner", "CREATE TABLE IF NOT EXISTS orders (id serial PRIMARY KEY, what text)");
    let again = true;
    let connections = 0;
    const service = async () => {
      for (; again; connections += 1) await query("shop", "INSERT INTO orders (what) VALUES ('cod')");
    };
    const rerun = async () => {
      for (let round = 0; round < ROUNDS; round += 1) await declare();
    };
    await Promise.all([rerun().finally(() => void (again = false)), service(), service(), service()]);
    assert.ok(connections > ROUNDS, `only ${connections} connections`);
  });

  it("set a changed password, and write no password into a statement, which a server may log", async () => {
    const changed = "another-password-of-it";
    const sent: string[] = [];
    const send = Client.prototype.query;
    Client.prototype.query = function (this: Client, ...args: unknown[]) {
      sent.push(JSON.stringify(args));
      return Reflect.apply(send, this, args);
    } as typeof send;
    await declare(undefined, { shop: changed }).finally(() => void (Client.prototype.query = send));
    assert.ok(sent.some((statement) => statement.includes("LOGIN PASSWORD")));
    assert.deepEqual(
      sent.filter((statement) => /another-password|password-of/.test(statement)),
      [],
    );
    await as("shop", "shop", async () => undefined, changed);
    await assert.rejects(query("shop", "SELECT 1"), { code: "28P01" });
  });

  it("have the extensions that the description names, made by the administrator", async () => {
    await declare([database("shop", SHOP, ["pg_trgm"]), database("other", { other: "change" })]);
    assert.equal((await query("report", "SELECT similarity('cod', 'cod') AS same")).rows[0].same, 1);
  });

  it("are refused where their groups would lose the ends of their names", async () => {
    await assert.rejects(declare([database("a".repeat(57), SHOP)]), /"a{57}", wanted at most 56 characters/);
  });
});
