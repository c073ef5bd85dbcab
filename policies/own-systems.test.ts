import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { loadAll } from "js-yaml";
import { judged, mandatoryFindings } from "../test/judged.ts";

const folder = new URL("../test/golden/", import.meta.url);

describe("the systems of this repository", () => {
  for (const file of readdirSync(folder)) {
    it(`break no mandatory rule and need no exemption: ${file}`, () => {
      const stage = file.split(".")[1] ?? "";
      const text = readFileSync(new URL(file, folder), "utf8");
      const recorded = loadAll(text).filter(Boolean) as Parameters<typeof judged>[0];
      assert.deepEqual(mandatoryFindings(recorded, stage), []);
      const meant = file.startsWith("fishdelivery") ? [2, 22, 28] : [2, 28]; // 22 asks where payments stand
      assert.deepEqual(
        judged(recorded, stage).items.filter(({ number, verdict }) => meant.includes(number) && verdict !== "passed"),
        [],
      ); // what was meant was seen
    });
  }
});
