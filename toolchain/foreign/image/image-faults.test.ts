import assert from "node:assert/strict";
import { factsOf } from "./image-facts.ts";
import { faultsOf, type Use } from "./image-faults.ts";
import { ImageFiles } from "./image-files.ts";

const line = (mode: string, path: string, owner = "0/0") => `${mode} ${owner}   100 2026-11-30 10:00 ${path}`;
const DEBIAN = [
  line("drwxr-xr-x", "usr/bin/"),
  line("-rwxr-xr-x", "usr/bin/dash"),
  line("lrwxrwxrwx", "usr/bin/sh -> dash"),
  line("lrwxrwxrwx", "bin -> usr/bin"),
  line("drwxr-xr-x", "app/"),
  line("-rwxr-xr-x", "app/run"),
].join("\n");

describe("files of an image", () => {
  const files = (...layers: string[]) => {
    const found = new ImageFiles();
    for (const layer of layers) found.lay(layer);
    return found;
  };

  it("are found through links of files and of folders, and not in circles", () => {
    assert.equal(files(DEBIAN).find("/bin/sh")?.path, "/usr/bin/dash");
    assert.equal(files(line("lrwxrwxrwx", "a -> b"), line("lrwxrwxrwx", "b -> a")).find("/a"), undefined);
    assert.equal(files(DEBIAN, line("hrwxr-xr-x", "app/twin link to app/run")).find("/app/twin")?.path, "/app/run");
    assert.equal(
      files(line("-rwxr-xr-x", "./opt/x y")).find("/opt/x y")?.path,
      "/opt/x y",
      "its folder is in no layer",
    );
  });

  it("are those that the layers above leave", () => {
    assert.equal(files(DEBIAN, line("-rw-r--r--", "usr/bin/.wh.dash")).find("/bin/sh"), undefined);
    assert.equal(files(DEBIAN, line("-rw-r--r--", "app/.wh..wh..opq")).find("/app/run"), undefined);
    assert.ok(files(DEBIAN, line("-rw-r--r--", "app/.wh..wh..opq")).find("/app"));
    assert.equal(files(DEBIAN, line("-rwx------", "app/run")).find("/app/run")?.file.mode, "-rwx------");
  });
});

describe("an image that a pod cannot use", () => {
  const facts = factsOf({ config: { Entrypoint: ["/app/run"], Env: ["PATH=/app:/bin"] } });
  const use: Use = { user: 10001, run: null, commands: [] };
  const faults = (more: Partial<Use> = {}, layer = "", of = facts) => {
    const files = new ImageFiles();
    for (const listing of [DEBIAN, layer]) files.lay(listing);
    return faultsOf(of, files, { ...use, ...more });
  };

  it("is one that could: nothing is said", () => {
    assert.deepEqual(faults({ commands: [{ what: "health", command: ["sh", "-c", "x"] }] }), []);
    assert.deepEqual(faults({ run: ["run", "--x"] }), [], "looked for in its PATH");
  });

  it("has no shell where a command needs one", () => {
    const [fault = "", ...more] = faults(
      { commands: [{ what: "health", command: ["/bin/sh", "-c", "x"] }] },
      line("-rw-r--r--", "usr/bin/.wh.dash"),
    );
    assert.match(fault, /^health runs "\/bin\/sh", and the image has no shell\. Fix: /);
    assert.deepEqual(more, []);
  });

  it("has not the program that is named, and says where it was looked for", () => {
    assert.match(
      faults({ run: ["rum"] })[0] ?? "",
      /"run" runs "rum", which is not in the image \(looked for at \/app\/rum, \/bin\/rum\)/,
    );
    assert.match(faults({}, "", factsOf({}))[0] ?? "", /starts nothing of its own/);
  });

  it("is for root only: what stops another user is named, with its mode", () => {
    const [fault = ""] = faults({}, line("drwx------", "app/"));
    assert.match(
      fault,
      /user 10001 may not: \/app is drwx------ of user 0 and group 0\. The image runs as root by itself, and no pod may\. Fix: open it/,
    );
    assert.match(
      faults({}, line("-rwxr-x---", "app/run", "7/8"))[0] ?? "",
      /\/app\/run is -rwxr-x--- of user 7 .*the user is 7$/,
    );
    assert.deepEqual(faults({ user: 7 }, line("-rwxr-x---", "app/run", "7/8")), []);
    assert.deepEqual(faults({ user: 8 }, line("-rwxr-x---", "app/run", "7/8")), []);
  });
});
