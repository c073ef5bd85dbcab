import assert from "node:assert/strict";
import { accessString, usersFile } from "./redis-users.ts";

describe("users of a Redis", () => {
  const file = usersFile(
    [{ service: "cart", user: "cart", may: "write" }],
    new Map([["cart", "password-of-cart"]]),
    "password-of-monitor",
  );

  it("are the only ones who get in, each by the hash of its password", () => {
    const [first, ...lines] = file.trim().split("\n");
    assert.equal(first, "user default off");
    for (const line of lines) assert.match(line, /^user (slipway\.monitor|cart) on #[0-9a-f]{64} /);
    assert.doesNotMatch(file, /password-of/);
  });

  it("do not see a key while they only watch the server", () => {
    const [monitor = ""] = file.split("\n").filter((line) => line.startsWith("user slipway.monitor"));
    assert.doesNotMatch(monitor, /[~&]|\+@/);
  });

  it("neither configure nor stop it, and those who read change nothing", () => {
    for (const may of ["read", "write"] as const) {
      const words = accessString(may).split(" ");
      for (const category of ["-@admin", "-@dangerous"])
        assert.ok(words.indexOf(category) > words.findLastIndex((word) => word.startsWith("+@")), `${may} ${category}`);
    }
    assert.ok(accessString("write").endsWith(" +info +keys +flushdb"));
    assert.doesNotMatch(accessString("read"), /\+(@write|@all|flush|keys)/);
  });

  it("have the same words on prod, where a password stands apart", () => {
    for (const may of ["read", "write", "change"] as const) assert.match(accessString(may), /^on ~\* &\* [-+]@all/);
  });
});
