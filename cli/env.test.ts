import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { shellLines } from "./env.ts";

describe("slipway env", () => {
  const settings = { PATH: "/a b:/c", QUOTED: "it's $HOME" };

  it("prints what bash takes literally", () => {
    const script = `${shellLines(settings, "bash")}\nprintf '%s|%s' "$PATH" "$QUOTED"`;
    assert.equal(execFileSync("/bin/sh", ["-c", script]).toString(), "/a b:/c|it's $HOME");
  });

  it("prints fish's own words, PATH as a list", () => {
    assert.equal(shellLines(settings, "fish"), "set -gx PATH '/a b' '/c'\nset -gx QUOTED 'it\\'s $HOME'");
  });
});
