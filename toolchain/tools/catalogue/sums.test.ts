import assert from "node:assert/strict";
import type { ToolSet } from "./recipe.ts";
import { toolSets } from "./tools.ts";

describe("what is fetched ready-made", () => {
  const sets: readonly (readonly [string, ToolSet])[] = Object.entries(toolSets);
  const pinned = sets.flatMap(([name, { download, build }]) => [
    ...(download?.files ?? []).map(({ url, sha256 }) => ({ name, from: url, sha256 })),
    ...build.flatMap((recipe) =>
      recipe.kind === "wheel" ? [{ name, from: recipe.package, sha256: recipe.sha256 }] : [],
    ),
  ]);

  it("is pinned by its SHA-256 for every processor, never by a list at its publisher", () => {
    assert.ok(pinned.length >= 12);
    for (const { name, from, sha256 } of pinned)
      for (const architecture of ["amd64", "arm64"] as const)
        assert.match(sha256[architecture], /^[0-9a-f]{64}$/, `${name}: ${from} for ${architecture}`);
  });

  it("has a sum of its own each", () => {
    const sums = pinned.flatMap(({ sha256 }) => [sha256.amd64, sha256.arm64]);
    assert.equal(new Set(sums).size, sums.length);
  });

  it("is asked for over TLS and by its exact version", () => {
    for (const [name, { download, version }] of sets)
      for (const { url } of download?.files ?? []) {
        assert.ok(url.startsWith("https://"), `${name}: ${url}`);
        if (!url.includes("/runc/")) assert.ok(url.includes(version), `${name}: ${url} is not version ${version}`);
      }
  });
});
