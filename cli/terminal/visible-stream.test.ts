import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { visibleStream } from "./visible-stream.ts";

describe("what a program prints", () => {
  const shown = (...chunks: (string | Buffer)[]) =>
    text(Readable.from(chunks.map((it) => Buffer.from(it))).pipe(visibleStream()));

  it("comes line by line as text, also where a chunk ends inside a line, a character or a sequence", async () => {
    const fish = Buffer.from("Fischgeschäft 🐟\n");
    const bytes = [...fish].map((byte) => Buffer.from([byte]));
    assert.equal(await shown(...bytes), fish.toString());
    assert.equal(
      await shown("a\u001b", "[2Jb\n::err", "or::c\n", "d\u0007"),
      "a\\u001b[2Jb\n\\u003a:error::c\nd\\u0007",
    );
    assert.equal(await shown("\u001b[32mgreen\u001b", "[0m\n"), "green\n");
  });

  it("is not waited for where a line has no end", async () => {
    const long = await shown(...Array.from({ length: 100 }, () => "x".repeat(10_000)));
    assert.equal(long.length, 1_000_000);
  });
});
