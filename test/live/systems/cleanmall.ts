import assert from "node:assert/strict";
import type { Running } from "../running.ts";
import { eventually } from "../shop.ts";

const CALL = { tel: "01012341234", location: "Seoul", cost: 200_000 };

/** Flows of cleanmall on a running cluster, through its public entry. */
export function cleanmallFlows(running: () => Running): void {
  const send = (method: string, path: string, body?: object) => running().shop.send(method, path, body);
  const call = async (): Promise<string> => {
    const { status, body } = await send("POST", "/cleancalls", CALL);
    assert.equal(status, 201, JSON.stringify(body));
    return String(body["callId"]);
  };
  const shows = (id: string, status: string) =>
    eventually(`the view to show ${status}`, async () => {
      const { body } = await send("GET", `/cleanviews/${id}`);
      return body["status"] === status ? body : undefined;
    });
  /** What the Python program has told the customer of a call stands in its table: logs name nobody's telephone. */
  const told = (id: string, message: RegExp) =>
    eventually(`the customer of call ${id} to be told`, async () => {
      const asked = `SELECT message FROM notifications WHERE call_id = '${id}'`;
      const rows = await running().launched.kubectl(
        ...["exec", "postgres-0", "-c", "postgres", "--", "psql", "--host=/run/postgresql", "--username=postgres"],
        ...["--dbname=customer", "--tuples-only", "--command", asked],
      );
      return message.test(rows) || undefined;
    });

  it("assigns a cleaner to a call, and a program in Python tells the customer who comes", async () => {
    const id = await call();
    const { cleanman } = await shows(id, "CONFIRMED");
    assert.match(String(cleanman), /\w/);
    await told(id, /comes to you/);
  });

  it("calls the cleaner off when a call is cancelled, and the customer hears of it", async () => {
    const id = await call();
    await shows(id, "CONFIRMED");
    assert.equal((await send("DELETE", `/cleancalls/${id}`)).status, 202);
    await shows(id, "CANCELLED");
    await told(id, /called off/);
  });

  it("refuses wrong input with what is wrong", async () => {
    assert.equal((await send("POST", "/cleancalls", { ...CALL, cost: -1 })).status, 400);
    assert.equal((await send("DELETE", "/cleancalls/nobody")).status, 404);
  });
}
