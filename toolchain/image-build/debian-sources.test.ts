import assert from "node:assert/strict";
import { sourcesOf } from "./debian-sources.ts";

const TARGETS = [
  "deb http://mirror.example/debian/ bookworm main",
  "deb http://mirror.example/debian/ bookworm main",
  "deb http://mirror.example/debian/ bookworm contrib",
  "deb http://mirror.example/debian/ bookworm-updates main",
  "deb http://mirror.example/security/ bookworm-security main",
  "deb http://mirror.example/debian/ trixie main",
  "deb https://tools.example/apt bookworm-tools main",
].join("\n");

describe("sources of the base image", () => {
  it("are the machine's own for the release, its updates and its security fixes", () => {
    assert.deepEqual(sourcesOf(TARGETS, "bookworm"), [
      "deb http://mirror.example/debian/ bookworm main",
      "deb http://mirror.example/debian/ bookworm-updates main",
      "deb http://mirror.example/security/ bookworm-security main",
    ]);
  });

  it("are left to the defaults of mmdebstrap on another distribution", () => {
    assert.deepEqual(sourcesOf("deb http://mirror.example/ubuntu/ noble main\n", "bookworm"), []);
  });
});
