import assert from "node:assert/strict";
import { checksum, pending } from "./migrate.ts";

const first = { name: "1", statements: ["CREATE TABLE a (b INT)"] };
const second = { name: "2", statements: ["CREATE TABLE c (d INT)"] };

describe("migrations", () => {
  it("run once, in order", () => {
    assert.deepEqual(pending([first, second], new Map()), [first, second]);
    assert.deepEqual(pending([first, second], new Map([["1", checksum(first)]])), [second]);
  });

  it("may be laid out anew but not changed once applied", () => {
    const applied = new Map([["1", checksum(first)]]);
    assert.deepEqual(pending([{ name: "1", statements: ["CREATE  TABLE a\n  (b INT) "] }], applied), []);
    assert.throws(
      () => pending([{ name: "1", statements: ["CREATE TABLE a (b BIGINT)"] }], applied),
      /changed after they were applied: 1\. Add a new migration/,
    );
  });
});
