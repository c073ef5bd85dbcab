import assert from "node:assert/strict";
import type { Running } from "./running.ts";
import { eventually } from "./shop.ts";

const SYSTEM = "systems/fishdelivery/system.ts";

/** Proofs that stores of other kinds than the kit's are there with their users, closed to everybody else, and keep what they promised. */
export function proveStores(running: () => Running): void {
  /** What the service was told, for a client beside the server: who may connect is proved on its own. */
  const address = async (variable: string): Promise<string> => {
    const { pods } = running();
    const [order = ""] = await pods.of("order");
    const told = await pods.evaluate(order, `console.log(process.env.${variable})`);
    return told.replace(/@[a-z]+:/, "@127.0.0.1:");
  };
  const sql = async (statement: string) =>
    (
      await running().launched.kubectl(
        ...["exec", "postgres-0", "-c", "postgres", "--", "psql", await address("WARES"), "-Atqc", statement],
      )
    ).trim();
  const administer = (statement: string) =>
    running().launched.kubectl(
      ...["exec", "postgres-0", "-c", "postgres", "--", "psql", "--host=/run/postgresql", "--username=postgres"],
      ...["--dbname=wares", "--command", statement],
    );
  const redis = async (...command: string[]) =>
    (
      await running().launched.kubectl(
        ...["exec", "basket-0", "-c", "redis", "--", "redis-cli", "--no-auth-warning", "-u", await address("BASKET")],
        ...command,
      )
    ).trim();
  const loses = async (pod: string) => {
    await running().launched.kubectl("delete", "pod", `${pod}-0`, "--grace-period=0", "--force");
    await eventually(`${pod} to be back`, async () => {
      await running().launched.kubectl("wait", "--for=condition=Ready", `pod/${pod}-0`, "--timeout=60s");
      return true;
    });
  };

  it("gives a service PostgreSQL and Redis by four lines of its description", async () => {
    const { launched, pods } = running();
    launched.edit(SYSTEM, /^/, 'import { fact } from "../../model/words/value.ts";\n');
    launched.edit(
      SYSTEM,
      "  stores: {",
      '  stores: {\n    wares: { kind: "postgres", keeps: "every write", extensions: ["pg_trgm"] },\n    basket: { kind: "redis", keeps: "every write" },',
    );
    launched.edit(
      SYSTEM,
      'uses: { "order-db": { may: "write" } },',
      'uses: { "order-db": { may: "write" }, wares: { may: "write" }, basket: { may: "write" } },\n      reads: { WARES: fact("wares", "dsn"), BASKET: fact("basket", "dsn") },',
    );
    const { code, output } = await launched.slipway("up", "dev");
    assert.equal(code, 0, output);
    const [order = ""] = await pods.of("order");
    const [payment = ""] = await pods.of("payment");
    for (const [host, port] of [
      ["postgres", 5432],
      ["basket", 6379],
    ] as const) {
      assert.equal(await pods.connect(order, host, port), "connected", host);
      assert.equal(await pods.connect(payment, host, port), "timeout", host);
    }
  });

  it("lets it work there and nowhere else, and keeps each write when the server is killed", async () => {
    await administer('SET ROLE "wares.change"; CREATE TABLE wares (name text)'); // as a migration would
    await sql("INSERT INTO wares VALUES ('cod')");
    assert.equal(await redis("set", "basket", "cod"), "OK");
    await assert.rejects(sql("DROP TABLE wares"), /must be owner/);
    assert.match(await redis("config", "get", "maxmemory"), /^NOPERM/);
    for (const pod of ["postgres", "basket"]) await loses(pod);
    assert.equal(await sql("SELECT similarity(name, 'cod') FROM wares"), "1");
    assert.equal(await redis("get", "basket"), "cod");
  });
}
