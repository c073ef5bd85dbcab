import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { copyProject } from "../test/project-copy.ts";
import { skip } from "../test/skip.ts";

const VALUE = "sk_live_hush-€";
const DESCRIPTION = `import { defineSystem } from "../../model/system.ts";
import { secret } from "../../model/words/value.ts";
const ordinary = { tier: "standard", slo: { declined: "not yet" }, from: { image: "till:1" }, health: { declined: "none" }, answers: { http: { protocol: "http", listens: 8080 } } } as const;
export const till = defineSystem({
  name: "till", purpose: "Takes money", owner: "shop",
  services: {
    pay: { purpose: "Pays", ...ordinary, routes: [{ path: "/pay", access: "anyone" }], reads: { KEY: secret("stripe-key", "asked"), SALT: secret("salt") } },
    refund: { purpose: "Pays back", ...ordinary, routes: [{ path: "/refunds", access: "anyone" }], reads: { KEY: secret("stripe-key", "asked"), BANK: secret("bank-key", "asked") } },
  },
  entry: { rateLimit: { perSecond: 5, burst: 10 }, maxBody: "64Ki" },
});
`;

describe("slipway secret", function () {
  this.timeout(60_000);
  let folder = "";
  let state = "";
  const env = () => ({ ...process.env, NO_COLOR: "1", XDG_STATE_HOME: state });
  const slipway = (args: readonly string[], input: string | Buffer = "") => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["cli/main.ts", ...args], {
      cwd: folder,
      input,
      encoding: "utf8",
      env: env(),
    });
    assert.ok(!(stdout + stderr).includes("hush"), stdout + stderr);
    return { status, stdout, stderr, lines: stdout.trim().split("\n") };
  };
  const set = (name: string, value: string | Buffer) => slipway(["secret", "set", name], value);
  const kept = () => JSON.parse(readFileSync(join(state, "slipway/secrets/dev.json"), "utf8")) as object;

  before(() => {
    folder = copyProject("secret");
    mkdirSync(join(folder, "systems/till"));
    writeFileSync(join(folder, "systems/till/system.ts"), DESCRIPTION);
    writeFileSync(
      join(folder, "systems/index.ts"),
      'import type { System } from "../model/system.ts";\nimport { till } from "./till/system.ts";\nexport const systems: readonly System[] = [till];\n',
    );
    writeFileSync(
      join(folder, "Pulumi.dev.yaml"),
      "config:\n  slipway:kubeContext: nowhere\n  slipway:registry: registry.invalid/x\n",
    );
  });
  beforeEach(() => {
    state = join(folder, "state");
    rmSync(state, { recursive: true, force: true });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("takes a value from a pipe without the end of its line, shows it never, and keeps it for its owner alone", () => {
    assert.equal(set("till/stripe-key", `${VALUE}\n`).status, 0);
    assert.deepEqual(kept(), { "till/stripe-key": VALUE });
    assert.equal(statSync(join(state, "slipway/secrets/dev.json")).mode & 0o777, 0o600);
    assert.equal(statSync(join(state, "slipway/secrets")).mode & 0o777, 0o700);
    assert.deepEqual(readdirSync(join(state, "slipway/secrets")), ["dev.json"]);
  });

  it("takes a value that is typed, and shows none of it", async function () {
    if (spawnSync("script", ["--version"]).status !== 0) skip(this, "there is no program `script`");
    const command = `${process.execPath} cli/main.ts secret set till/stripe-key`;
    const terminal = spawn("script", ["-qec", command, "/dev/null"], { cwd: folder, env: env() });
    const seen = await typeInto(terminal, `${VALUE}\r`);
    assert.deepEqual(kept(), { "till/stripe-key": VALUE });
    assert.match(seen, /Value of till\/stripe-key \(it is not shown\)/);
    assert.ok(!seen.includes("hush"), seen);
  });

  it("keeps nothing when typing is ended by Ctrl-C", async function () {
    if (spawnSync("script", ["--version"]).status !== 0) skip(this, "there is no program `script`");
    const command = `${process.execPath} cli/main.ts secret set till/stripe-key`;
    const terminal = spawn("script", ["-qec", command, "/dev/null"], { cwd: folder, env: env() });
    assert.match(await typeInto(terminal, "sk_\u0003"), /nothing was kept/);
    assert.throws(kept, /ENOENT/);
  });

  it("lists every secret with its readers and state, and what to do about a missing one; never a value", () => {
    set("till/stripe-key", VALUE);
    const { lines } = slipway(["secret", "list"]);
    assert.deepEqual(
      lines.map((line) => line.replaceAll(/ {2,}/g, " | ")),
      [
        "till/stripe-key | asked, set | read by pay, refund",
        "till/salt | generated | read by pay",
        "till/bank-key | asked, missing | read by refund | npx slipway secret set till/bank-key",
      ],
    );
  });

  it("shows what is kept and read by nobody any more, and forgets it too", () => {
    mkdirSync(join(state, "slipway/secrets"), { recursive: true });
    writeFileSync(join(state, "slipway/secrets/dev.json"), JSON.stringify({ "till/old-key": VALUE }));
    assert.match(
      slipway(["secret", "list"]).stdout,
      /till\/old-key +set +read by nobody +npx slipway secret rm till\/old-key/,
    );
    assert.equal(slipway(["secret", "rm", "till/old-key"]).status, 0);
    assert.deepEqual(kept(), {});
  });

  it("forgets one, and then it is missing again", () => {
    set("till/bank-key", VALUE);
    assert.equal(slipway(["secret", "rm", "till/bank-key"]).status, 0);
    assert.match(slipway(["secret", "list"]).stdout, /bank-key +asked, missing/);
    const { status, stderr } = slipway(["secret", "rm", "till/bank-key"]);
    assert.equal(status, 2);
    assert.match(stderr, /till\/bank-key was never set here/);
  });

  for (const [what, args, input, wanted] of [
    [
      "a name that no description knows",
      ["till/stripe-kay"],
      VALUE,
      /did you mean "till\/stripe-key"\?.*there are: till\/stripe-key, till\/salt/,
    ],
    ["a value as an argument", ["till/stripe-key", VALUE], VALUE, /never an argument.*\n?.*npx slipway secret set/],
    [
      "a stack that does not exist",
      ["till/stripe-key", "--stack", "qa"],
      VALUE,
      /stack "qa" has no stage: found "qa", allowed: dev, prod\. Fix: /,
    ],
    ["no value", ["till/stripe-key"], "\n", /till\/stripe-key: found nothing, allowed: a text of 1 to 65536 bytes/],
    ["what is no text", ["till/stripe-key"], Buffer.from([0xff, 0xfe]), /found bytes that are no text in UTF-8/],
    ["a zero byte", ["till/stripe-key"], "hush\0", /found a zero byte/],
    ["more than AWS takes", ["till/stripe-key"], "hush".repeat(20_000), /found 80000 bytes/],
  ] as const) {
    it(`refuses ${what}, says how to do it, and keeps nothing`, () => {
      const { status, stderr } = slipway(["secret", "set", ...args], input);
      assert.equal(status, 2, stderr);
      assert.match(stderr, wanted);
      assert.throws(kept, /ENOENT/);
    });
  }

  it("says for prod how AWS gets it, under the documented name and from a file, and keeps nothing here", () => {
    const { status, stdout } = slipway(["secret", "set", "till/stripe-key", "--stack", "prod"], VALUE);
    assert.equal(status, 0);
    assert.match(stdout, /aws secretsmanager create-secret --name prod\/till\/stripe-key --secret-string file:\/\//);
    assert.match(stdout, /aws secretsmanager put-secret-value --secret-id prod\/till\/stripe-key /);
    assert.throws(kept, /ENOENT/);
    assert.match(slipway(["secret", "list", "--stack", "prod"]).stdout, /till\/salt +on AWS +read by pay +aws /);
    assert.match(
      slipway(["secret", "rm", "till/salt", "--stack", "prod"]).stdout,
      /delete-secret --secret-id prod\/till\/salt/,
    );
  });

  for (const command of [
    ["up", "dev"],
    ["preview", "dev"],
    ["preview", "dev", "--live"],
  ]) {
    it(`stops "slipway ${command.join(" ")}" before anything, with every missing secret and its command`, () => {
      const { status, stderr, stdout } = slipway(command);
      assert.deepEqual([status, stdout], [2, ""], stderr);
      assert.match(stderr, /2 secrets are missing; nothing was deployed:/);
      assert.match(
        stderr,
        /till\/stripe-key, which pay and refund read\. Fix: npx slipway secret set till\/stripe-key\n/,
      );
      assert.match(stderr, /till\/bank-key, which refund reads\. Fix: npx slipway secret set till\/bank-key\n/);
    });
  }
});

/** Types once something is asked, and answers all that a person would have seen. */
async function typeInto(terminal: ChildProcess, keys: string): Promise<string> {
  let seen = "";
  let typed = false;
  terminal.stdout?.setEncoding("utf8").on("data", (text: string) => {
    seen += text;
    if (typed || !seen.includes("not shown")) return;
    typed = true;
    terminal.stdin?.write(keys);
  });
  await new Promise((done) => terminal.once("close", done));
  return seen;
}
