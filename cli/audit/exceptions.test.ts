import assert from "node:assert/strict";
import { type Exception, withoutExceptions } from "./exceptions.ts";

const exception = (of: string, found = "MPL-2.0", until = "2027-01-31"): Exception => ({
  of,
  found,
  reason: "",
  until,
});
const objection = (of: string, found = "MPL-2.0") => ({ of, version: "1.0.0", found });
const TODAY = "2027-01-31";

describe("an exception", () => {
  it("takes away what it names, and all below a name that ends so", () => {
    const objections = [objection("a"), objection("example.com/b/c"), objection("example.com/b/d/e")];
    assert.deepEqual(withoutExceptions(objections, [exception("a"), exception("example.com/b/*")], TODAY), []);
  });

  it("takes away nothing else: another licence, another name, a name that only begins alike", () => {
    const objections = [objection("a", "GPL-3.0-only"), objection("ab"), objection("example.com/bc")];
    assert.deepEqual(
      withoutExceptions(
        [...objections, objection("a"), objection("example.com/b/c")],
        [exception("a"), exception("example.com/b/*")],
        TODAY,
      ),
      ["a 1.0.0: GPL-3.0-only", "ab 1.0.0: MPL-2.0", "example.com/bc 1.0.0: MPL-2.0"],
    );
  });

  it("holds on its last day and not after it; then both it and what it took away are named", () => {
    assert.deepEqual(withoutExceptions([objection("a")], [exception("a")], TODAY), []);
    assert.deepEqual(withoutExceptions([objection("a")], [exception("a")], "2027-02-01"), [
      "a 1.0.0: MPL-2.0",
      "a: the exception for MPL-2.0 has ended on 2027-01-31; look again, then move it",
    ]);
  });

  it("is named when nothing needs it any more", () =>
    assert.deepEqual(withoutExceptions([], [exception("a")], TODAY), [
      "a: nothing needs the exception for MPL-2.0 any more; delete it",
    ]));
});
