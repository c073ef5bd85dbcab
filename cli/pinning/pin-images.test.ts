import assert from "node:assert/strict";
import { pinImages } from "./pin-images.ts";

const DIGEST = `sha256:${"a".repeat(64)}`;

describe("slipway pin", () => {
  const text = `from: { image: "redis:7" }, image: { image: 'redis:7' }, from: { image: "redis:7-alpine" }, from: { image: "x@${DIGEST}" }`;

  it("writes beside each image the digest that it has now, and leaves those alone that have one", async () => {
    const asked: string[] = [];
    const { text: written, faults } = await pinImages(text, ["redis:7", "redis:7", `x@${DIGEST}`], async (image) => {
      asked.push(image);
      return DIGEST;
    });
    assert.deepEqual([asked, faults], [["redis:7"], []]);
    assert.equal(written, text.replace('"redis:7"', `"redis:7@${DIGEST}"`).replace("'redis:7'", `'redis:7@${DIGEST}'`));
  });

  it("pins what it can and tells all that it cannot", async () => {
    const {
      text: written,
      faults,
      digests,
    } = await pinImages(text, ["redis:7", "redis:7-alpine", "put:together"], async (image) => {
      if (image === "redis:7") throw new Error("image redis:7 does not exist");
      return DIGEST;
    });
    assert.deepEqual([...digests.keys()], ["redis:7-alpine"]);
    assert.ok(written.includes(`"redis:7-alpine@${DIGEST}"`) && written.includes('"redis:7"'));
    assert.match(faults.join("\n"), /^redis:7: image redis:7 does not exist\nput:together: .*by hand$/);
  });
});
