import assert from "node:assert/strict";
import { main } from "../../cli/terminal/commands.ts";
import { usageAskedFor } from "../../cli/terminal/command-line.ts";
import { commandsIn, documents, type Told } from "./commands.ts";

/** What a command says against its name and its options; nothing runs. A command without a name below it is only listed. */
async function objections({ file, args }: Told): Promise<string[]> {
  try {
    await usageAskedFor(main, [...args]);
    return [];
  } catch (error) {
    return [`${file}: ${args.join(" ")}: ${(error as Error).message}`];
  }
}

describe("the commands that documents tell people to type", () => {
  it("are there, with the options that are written", async () => {
    const told = documents.flatMap(commandsIn);
    assert.ok(told.length > 60, `${told.length} commands`);
    assert.deepEqual((await Promise.all(told.map(objections))).flat(), []);
  });

  it("are read where they stand: in blocks, in running text, and before what a shell does with them", () => {
    const all = documents.flatMap(commandsIn).map(({ args }) => args.join(" "));
    for (const line of ["preview prod --live", "status dev", "new system warehouse", "env"])
      assert.ok(
        all.some((told) => told.startsWith(line)),
        line,
      );
  });

  it("would be missed if there were none such", async () => {
    for (const line of ["prevew prod", "preview prod --lief", "secret forget shop/key"])
      assert.equal((await objections({ file: "a page", args: line.split(" ") })).length, 1, line);
  });
});
