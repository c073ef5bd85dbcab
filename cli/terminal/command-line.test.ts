import assert from "node:assert/strict";
import { defineCommand } from "citty";
import { usageAskedFor } from "./command-line.ts";

describe("a command line", () => {
  let ran = 0;
  const up = defineCommand({
    meta: { name: "up", description: "Bring a stack up" },
    args: {
      stack: { type: "positional", default: "dev" },
      name: { type: "string" },
      policies: { type: "boolean", default: true },
      follow: { type: "boolean", alias: "f" },
      "expect-no-changes": { type: "boolean" },
    },
    run: () => void (ran += 1),
  });
  const main = defineCommand({
    meta: { name: "slipway" },
    subCommands: {
      up,
      cluster: defineCommand({ meta: { name: "cluster" }, subCommands: { up: () => Promise.resolve(up) } }),
    },
  });
  const asked = (line: string): Promise<string | null> => usageAskedFor(main, line.split(" "));

  it("that asks for help gets it, and nothing is run", async () => {
    for (const line of ["up prod --help", "cluster up -h", "up --help --whatever"])
      assert.match((await asked(line)) ?? "", /Bring a stack up/, line);
    assert.equal(ran, 0);
  });

  it("with an option that nobody reads is refused, before it does something else than was meant", async () => {
    await assert.rejects(
      asked("up prod --expct-no-changes --yse"),
      /slipway up: --expct-no-changes is no option of this command \(did you mean "--expect-no-changes"\?\)[^]*--yse is no option/,
    );
    await assert.rejects(asked("cluster up --nam=x"), /slipway cluster up: --nam is no option/);
  });

  it("may name an option by its letter", async () => {
    assert.equal(await asked("up prod -f"), null);
    await assert.rejects(asked("up prod -g"), /is no option of this command/);
  });

  it("with a word that every object knows names no command", async () => {
    for (const line of ["constructor", "cluster toString", "__proto__ --help"])
      await assert.rejects(asked(line), /"(constructor|toString|__proto__)" is no command/, line);
    await assert.rejects(asked("up prod --constructor"), /slipway up: --constructor is no option/);
  });

  it("with a word that is no command is told the nearest one, and where the commands are", async () => {
    await assert.rejects(
      asked("upp prod"),
      /^UserError: slipway: "upp" is no command \(did you mean "up"\?\)\. Next: npx slipway --help$/,
    );
    await assert.rejects(asked("cluster pu"), /slipway cluster: "pu" is no command.*Next: npx slipway cluster --help/);
  });

  it("is left alone otherwise", async () => {
    for (const line of [
      "up prod --expect-no-changes --no-policies --verbose",
      "cluster up --name --odd",
      "up -- --anything",
      "up --name=x",
    ])
      assert.equal(await asked(line), null, line);
  });
});
