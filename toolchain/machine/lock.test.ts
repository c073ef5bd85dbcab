import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { holderOf, tryLock, withLock } from "./lock.ts";

describe("a lock", () => {
  const name = `test:${process.pid}`;

  it("lets one work at a time, and tells who waits whom for", async () => {
    const order: string[] = [];
    const work = (label: string) => async () => {
      order.push(`${label} begins`);
      await sleep(50);
      order.push(`${label} ends`);
    };
    const waited: string[] = [];
    await Promise.all([
      withLock(name, (holder) => waited.push(holder), work("a")),
      withLock(name, (holder) => waited.push(holder), work("b")),
    ]);
    assert.deepEqual(order, ["a begins", "a ends", "b begins", "b ends"]);
    assert.deepEqual(waited, [String(process.pid)]);
  });

  it("is free again after work that failed", async () => {
    await assert.rejects(
      withLock(
        name,
        () => undefined,
        async () => await Promise.reject(new Error("no")),
      ),
      /no/,
    );
    (await tryLock(name))?.close();
  });

  it("is free again after its holder was killed", async () => {
    const program = `await (await import(${JSON.stringify(new URL("./lock.ts", import.meta.url).href)})).withLock("${name}", () => {}, () => new Promise((r) => setTimeout(r, 60_000)))`;
    const holder = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: "ignore" });
    while ((await holderOf(name)) !== String(holder.pid)) await sleep(20);
    assert.equal(await tryLock(name), undefined);
    holder.kill("SIGKILL");
    await withLock(
      name,
      () => undefined,
      async () => await Promise.resolve(),
    );
  });
});
