import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { once } from "node:events";
import { createServer } from "node:net";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { holderOf, tryLock, withLock } from "./lock.ts";
import { skip } from "../../test/skip.ts";

const nothing = () => undefined;

describe("a lock", () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "slipway-lock-"));
    file = join(folder, "locks/one");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("lets one work at a time, and tells who waits whom for", async () => {
    const order: string[] = [];
    const work = (label: string) => async () => {
      order.push(`${label} begins`);
      await sleep(50);
      order.push(`${label} ends`);
    };
    const waited: string[] = [];
    await Promise.all([
      withLock(file, (holder) => waited.push(holder), work("a")),
      withLock(file, (holder) => waited.push(holder), work("b")),
    ]);
    assert.deepEqual(order, ["a begins", "a ends", "b begins", "b ends"]);
    assert.deepEqual(waited, [String(process.pid)]);
  });

  it("is free again after work that failed, and nobody holds it then", async () => {
    const failing = withLock(file, nothing, async () => await Promise.reject(new Error("no")));
    await assert.rejects(failing, /no/);
    assert.equal(holderOf(file), undefined);
    tryLock(file)?.release();
  });

  it("is free again after its holder was killed", async () => {
    const holder = elsewhere("await new Promise((r) => setTimeout(r, 60_000))");
    while (holderOf(file)?.pid !== holder.pid) await sleep(20);
    assert.equal(tryLock(file), undefined);
    holder.kill("SIGKILL");
    await withLock(file, nothing, async () => await Promise.resolve());
  });

  it("never lets two in, however often it is taken, let go and its file removed", async () => {
    const counter = join(folder, "counter");
    writeFileSync(counter, "0");
    const program = `const { tryLock } = await import(${JSON.stringify(new URL("./lock.ts", import.meta.url).href)});
      const { readFileSync, writeFileSync } = await import("node:fs");
      const [file, counter] = ${JSON.stringify([file, counter])};
      for (let done = 0; done < 10; ) {
        const lock = tryLock(file);
        if (lock === undefined) continue;
        writeFileSync(counter, String(Number(readFileSync(counter, "utf8")) + 1));
        lock.release();
        done++;
      }`;
    const start = () => spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: "inherit" });
    await Promise.all([start(), start(), start()].map((worker) => once(worker, "close")));
    assert.equal(readFileSync(counter, "utf8"), "30");
    assert.ok(!existsSync(dirname(file)), "its folder was left behind");
  }).timeout(20_000);

  it("is not kept by a program its holder started, which may live longer", async () => {
    const holder = elsewhere(
      `(await import("node:child_process")).spawn("sleep", ["5"], { detached: true, stdio: "ignore" }).unref(); process.exit()`,
    );
    await new Promise((ended) => holder.once("close", ended));
    const lock = tryLock(file);
    assert.notEqual(lock, undefined);
    lock?.release();
  });

  it("lies where no other user can write, whatever the folder was", () => {
    mkdirSync(dirname(file));
    chmodSync(dirname(file), 0o777);
    const lock = tryLock(file);
    assert.equal(statSync(dirname(file)).mode & 0o777, 0o700);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    lock?.release();
  });

  it("cannot be held by another user, who sees not even who holds it", function () {
    if (process.getuid?.() !== 0) return skip(this, "only root can be somebody else");
    chmodSync(folder, 0o755);
    const lock = tryLock(file);
    const nobody = { uid: 65534, gid: 65534 };
    assert.match(spawnSync("flock", ["-n", file, "true"], nobody).stderr.toString(), /Permission denied/);
    assert.match(spawnSync("cat", [file], nobody).stderr.toString(), /Permission denied/);
    lock?.release();
  });

  it("is refused in a folder of somebody else", function () {
    if (process.getuid?.() !== 0) return skip(this, "only root can make one");
    mkdirSync(dirname(file));
    chownSync(dirname(file), 65534, 65534);
    assert.throws(() => tryLock(file), /belongs to user 65534, and this is user 0.*\nNext: look at who made it/);
  });

  it("never follows a link to another file", () => {
    const target = join(folder, "kept");
    writeFileSync(target, "kept");
    mkdirSync(dirname(file));
    symlinkSync(target, file);
    assert.throws(() => tryLock(file), /ELOOP/);
    assert.equal(readFileSync(target, "utf8"), "kept");
  });

  it("believes no process id that is not written as a holder writes it, with its start time", () => {
    mkdirSync(dirname(file));
    for (const text of [String(process.pid), `${process.pid} 1`, `${process.pid} x`, "1\x1b[2J 1", "-1 1", ""]) {
      writeFileSync(file, text);
      assert.equal(holderOf(file), undefined, JSON.stringify(text));
    }
  });

  it("cannot be held by another user of the machine under its old name", async () => {
    const squatters = await Promise.all(["one", file].map(squat));
    const lock = tryLock(file);
    for (const squatter of squatters) squatter.close();
    assert.notEqual(lock, undefined);
    lock?.release();
  });

  /** Takes the lock in another process and does `work` there. */
  function elsewhere(work: string) {
    const lock = JSON.stringify(new URL("./lock.ts", import.meta.url).href);
    const program = `await (await import(${lock})).withLock(${JSON.stringify(file)}, () => {}, async () => { ${work} })`;
    return spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: "ignore" });
  }

  /** What every user may do: listen on a name in the network namespace. */
  async function squat(name: string): Promise<Server> {
    const server = createServer((client) => client.end("1"));
    await new Promise<void>((listening) => server.listen(`\0slipway:${name}`.slice(0, 100), listening));
    return server;
  }
});
