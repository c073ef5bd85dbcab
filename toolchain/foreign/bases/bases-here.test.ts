import assert from "node:assert/strict";
import { basesHere } from "./bases-here.ts";
import { localBases } from "./local-bases.ts";

describe("base images that a machine has", () => {
  const states = (rows: Awaited<ReturnType<typeof basesHere>>) =>
    Object.fromEntries(rows.map(({ name, state, where }) => [name, [state, where]]));

  it("are those of its table and those it makes, with what is really inside", async () => {
    const table = { "docker.io/": "mirror.example.com/hub/", "docker.io/library/x:1": "oci-layout:/nowhere" };
    const rows = states(await basesHere({ table, local: await localBases(), answers: async () => false }));
    assert.deepEqual(rows["docker.io/"], ["to download", "mirror.example.com/hub/"]);
    assert.equal(rows["docker.io/library/x:1"]?.[0], "cannot be had");
    assert.equal(rows["docker.io/library/python"]?.[1], "Python 3.11.2 from Debian");
  });

  it("are those of Docker Hub where it answers", async () => {
    const rows = await basesHere({ table: {}, local: await localBases(), answers: async () => true });
    assert.deepEqual(states(rows), { "docker.io/": ["to download", "docker.io itself"] });
  });
});
