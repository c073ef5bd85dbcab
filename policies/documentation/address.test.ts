import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { address, pageOf, publicAddress } from "./address.ts";
import { RULES } from "../rules.ts";

const page = "docs/policies/probes.md#probe-timing";

describe("the address of a rule's page", () => {
  it("opens here, whatever program is judged: it is the page beside the rules", () => {
    const missing = RULES.filter((rule) => {
      const file = new URL(address(pageOf(rule), ""));
      return (
        file.protocol !== "file:" ||
        !existsSync(file) ||
        !readFileSync(file, "utf8").includes(`\n## ${file.hash.slice(1)}\n`)
      );
    });
    assert.deepEqual(
      missing.map(({ id }) => id),
      [],
    );
  });

  it("is that of the homepage, however it is written, where the project has one", () => {
    for (const homepage of [
      "https://git.example.com/slipway/blob/HEAD",
      "https://git.example.com/slipway/blob/HEAD/",
      "https://git.example.com/slipway/blob/HEAD#readme",
    ]) {
      assert.equal(address(page, homepage), `https://git.example.com/slipway/blob/HEAD/${page}`);
      assert.equal(publicAddress(page, homepage), address(page, homepage));
    }
  });

  it("is none for reports that leave this machine where nothing is published", () => {
    for (const homepage of ["", "git@git.example.com:slipway.git"])
      assert.equal(publicAddress(page, homepage), undefined);
  });
});
