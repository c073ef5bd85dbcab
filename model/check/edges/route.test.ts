import assert from "node:assert/strict";
import { isRoutePath } from "./route.ts";

describe("the path of a public route", () => {
  it("is a path as programs have it, with /.well-known, and never a way up or around", () => {
    for (const path of ["/", "/orders", "/a/b.html", "/.well-known", "/.well-known/jwks.json"])
      assert.equal(isRoutePath(path), true, path);
    for (const path of ["", "orders", "/orders/", "/orders/**", "/..", "/../x", "/a/./b", "/..a", "//x", "/a b"])
      assert.equal(isRoutePath(path), false, path);
  });
});
