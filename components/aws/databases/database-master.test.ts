import assert from "node:assert/strict";
import { administratorPassword } from "./database-master.ts";

describe("the administrator's password", () => {
  it("is the one that RDS keeps", () => {
    assert.equal(administratorPassword('{"username":"slipway_admin","password":"s3cret"}', "shop"), "s3cret");
  });

  it("is not shown where the secret is not what it should be", () => {
    for (const secret of ["s3cret", '{"Password":"s3cret"}', '{"password":["s3cret"]}', ""]) {
      assert.throws(
        () => administratorPassword(secret, "shop"),
        (error: Error) => /keeps for shop has no password/.test(error.message) && !error.message.includes("s3c"),
        secret,
      );
    }
  });
});
