import assert from "node:assert/strict";
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { once } from "node:events";
import { plannedSilence } from "../monitors/silence.ts";
import { shopPlan } from "../test/shop.ts";
import { eventually } from "../test/live/shop.ts";
import { resolve } from "../toolchain/tools/resolve.ts";
import { projectFolder } from "./project/project-folder.ts";
import { silencedPart } from "./running/silenced-part.ts";
import { describeSilence, Silences } from "./running/silences.ts";

const CONFIG = "route:\n  receiver: nobody\nreceivers:\n  - name: nobody\n";
const work = { system: "shop", service: "order", minutes: 60, by: "ann", why: "new disks", now: new Date() };

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** Debian's Alertmanager reads its templates below /usr/share: where the package is only unpacked, it is shown its own. */
function startAlertmanager(programs: string, args: string): ChildProcess {
  const own = join(programs, "../root/usr/share");
  const command = `exec ${programs}/prometheus-alertmanager ${args}`;
  return existsSync(own)
    ? spawn("unshare", ["--map-root-user", "--mount", "sh", "-c", `mount --bind ${own} /usr/share && ${command}`], {
        stdio: "ignore",
      })
    : spawn("sh", ["-c", command], { stdio: "ignore" });
}

describe("a silence for planned work", function () {
  this.timeout(60_000);
  let alertmanager: ChildProcess;
  let folder = "";
  let url = "";

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "slipway-silence-"));
    writeFileSync(join(folder, "alertmanager.yml"), CONFIG);
    url = `http://127.0.0.1:${await freePort()}`;
    alertmanager = startAlertmanager(
      dirname(await resolve("amtool")),
      `--config.file=${folder}/alertmanager.yml --storage.path=${folder} --cluster.listen-address= --web.listen-address=${url.slice(7)}`,
    );
    await eventually("Alertmanager to answer", async () => (await fetch(`${url}/-/ready`)).ok || undefined, 30);
  });
  after(async () => {
    const ended = once(alertmanager, "exit");
    if (alertmanager.exitCode === null && alertmanager.kill()) await ended;
    rmSync(folder, { recursive: true, force: true });
  });

  const alert = (service: string) => ({ labels: { alertname: "ServiceDown", namespace: "shop", service } });
  const states = async () =>
    Object.fromEntries(
      (
        (await (await fetch(`${url}/api/v2/alerts`)).json()) as {
          labels: { service: string };
          status: { state: string };
        }[]
      ).map(({ labels, status }) => [labels.service, status.state]),
    );

  it("holds back the alerts of one service and of no other, and is over when it is ended", async () => {
    const silences = new Silences(url);
    const id = await silences.add(plannedSilence(work));
    await fetch(`${url}/api/v2/alerts`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify([alert("order"), alert("printer")]),
    });
    await eventually("the silence to hold", async () => (await states())["order"] === "suppressed" || undefined, 10);
    assert.equal((await states())["printer"], "active");
    const [kept] = await silences.standing();
    assert.match(describeSilence(kept!), new RegExp(`^${id}  until ....-..-.. ..:.. UTC  shop/order  ann: new disks$`));
    await silences.expire(id);
    await eventually("the alert to be heard", async () => (await states())["order"] === "active" || undefined, 10);
    assert.deepEqual(await silences.standing(), []);
  });

  it("ends a silence only by an id that holds, and says which ones do", async () => {
    await assert.rejects(new Silences(url).expire("5"), /no silence "5" holds; there are: none/);
  });

  it("tells what Alertmanager refuses", async () => {
    await assert.rejects(
      new Silences(url).add({ ...plannedSilence(work), matchers: [] }),
      /Alertmanager answered 4\d\d/,
    );
  });
});

describe("the part that is silenced", () => {
  const plans = [shopPlan()];
  const table: readonly (readonly [string, object])[] = [
    ["shop", { system: "shop", service: null }],
    ["order", { system: "shop", service: "order" }],
    ["shop/printer", { system: "shop", service: "printer" }],
    ["kafka", { system: "shop", service: "kafka" }],
  ];
  for (const [what, part] of table)
    it(`is found by the name ${what}`, () => assert.deepEqual(silencedPart(plans, what), part));

  it("is guessed when its name is wrong", () =>
    assert.throws(
      () => silencedPart(plans, "ordr"),
      /runs no "ordr" \(did you mean "order"\?\); there are: shop, shop\/order/,
    ));
  it("must be one of several with the same name", () =>
    assert.throws(
      () => silencedPart([...plans, { ...shopPlan(), name: "bank" }], "order"),
      /name one of: shop\/order, bank\/order/,
    ));
});

describe("slipway silence", () => {
  const slipway = (...args: string[]) =>
    spawnSync(process.execPath, ["cli/main.ts", "silence", ...args], { cwd: projectFolder, encoding: "utf8" });

  for (const [what, args, says] of [
    ["without an end", ["order", "--why", "new disks"], /--for found nothing, wanted a time such as 30m or 2h/],
    [
      "with an end that is too far away",
      ["order", "--for", "5h", "--why", "new disks"],
      /a silence of 300 minutes; wanted 1 to 120/,
    ],
    ["without a reason", ["order", "--for", "1h"], /needs a name and a reason/],
    ["of something that does not run", ["ordr", "--for", "1h", "--why", "x"], /did you mean "order"/],
  ] as const) {
    it(`refuses a silence ${what} before it asks the cluster`, () => {
      const { status, stderr } = slipway(...args);
      assert.equal(status, 2, stderr);
      assert.match(stderr, says);
    });
  }
});
