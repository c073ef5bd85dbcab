import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ImageStore } from "../image-build/image-store.ts";
import { ARCHITECTURE } from "../machine/machine.ts";
import { quiet } from "../machine/progress.ts";
import { hasShell, imageFacts, userNumber } from "./image/image-facts.ts";
import { madeHash } from "./made-hash.ts";
import { makeImage } from "./made-image.ts";

const step = quiet.step("");
const push = join(import.meta.dirname, "registry/push-by-hand.ts");

describe("an image that a command of the user's own leaves behind", () => {
  let folder: string;
  const cache = process.env["XDG_CACHE_HOME"];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "slipway-made-"));
    process.env["XDG_CACHE_HOME"] = join(folder, "cache");
    mkdirSync(join(folder, "root/usr/bin"), { recursive: true });
    mkdirSync(join(folder, "root/etc"));
    writeFileSync(join(folder, "root/etc/passwd"), "root:x:0:0::/:/bin/sh\napp:x:1234:1234::/:/bin/sh\n");
    execFileSync("tar", ["-C", join(folder, "root"), "-cf", join(folder, "layer.tar"), "."]);
  });
  afterEach(() => {
    if (cache === undefined) delete process.env["XDG_CACHE_HOME"];
    else process.env["XDG_CACHE_HOME"] = cache;
    rmSync(folder, { recursive: true });
  });

  /** A command that pushes the layer with this configuration, as Jib or ko do. */
  const command = (config: object) => {
    const text = `import { readFileSync } from "node:fs"; import { pushByHand } from ${JSON.stringify(push)};
await pushByHand(process.argv[2], [readFileSync("layer.tar")], ${JSON.stringify({ os: "linux", architecture: ARCHITECTURE, ...config })});`;
    writeFileSync(join(folder, "push.ts"), text);
    return `${process.execPath} push.ts {reference}`;
  };
  const make = (text: string) => makeImage({ folder, make: text, watches: ["root"] }, "slipway.local/shop/x:1", step);

  it("is taken from where it was pushed to, and says who it starts as, on which ports, and whether it has a shell", async () => {
    const config = {
      User: "app",
      ExposedPorts: { "8080/tcp": {}, "53/udp": {}, "80": {} },
      Entrypoint: ["/app"],
      Cmd: ["--x"],
    };
    await make(command({ config }));
    const store = new ImageStore();
    const { user, asRoot, ports, entrypoint, architecture } = imageFacts(store, "slipway.local/shop/x:1");
    assert.deepEqual(
      { user, asRoot, ports, entrypoint, architecture },
      { user: "app", asRoot: false, ports: [80, 8080], entrypoint: ["/app"], architecture: ARCHITECTURE },
    );
    assert.equal(await userNumber(store, "slipway.local/shop/x:1"), 1234);
    assert.equal(await hasShell(store, "slipway.local/shop/x:1"), false);
    assert.deepEqual(
      readFileSync(store.blob(store.find("slipway.local/shop/x:1")?.manifest.layers[0]?.digest ?? "")),
      readFileSync(join(folder, "layer.tar")),
    );
  });

  it("has a shell where one lies at /bin/sh", async () => {
    writeFileSync(join(folder, "root/usr/bin/sh"), "");
    symlinkSync("usr/bin", join(folder, "root/bin"));
    execFileSync("tar", ["-C", join(folder, "root"), "-cf", join(folder, "layer.tar"), "."]);
    await make(command({}));
    const store = new ImageStore();
    assert.equal(await hasShell(store, "slipway.local/shop/x:1"), true);
    assert.equal(imageFacts(store, "slipway.local/shop/x:1").asRoot, true);
  });

  it("is not there where the command fails, leaves nothing, or does not say where it leaves it", async () => {
    await assert.rejects(
      make("echo one {archive}; echo two >&2; exit 3"),
      /ended with exit code 3\. Its last lines:\n(.*\n)* {2}two\nNext: run it in/,
    );
    await assert.rejects(make("true {reference}"), /ended well and left no image/);
    await assert.rejects(make("mvn package"), /does not say where it leaves the image/);
    await assert.rejects(
      make(command({ architecture: "s390x" })),
      /the image that the command left is for linux\/s390x, and the cluster's nodes are linux/,
    );
  });
});

describe("what a command watches", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "slipway-watched-"));
    mkdirSync(join(folder, "src/a"), { recursive: true });
    for (const path of ["src/a/x.java", "pom.xml", "README.md"]) writeFileSync(join(folder, path), path);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("decides whether it runs again: files, whole folders and patterns, and the command itself", () => {
    const hash = (make: string, ...watches: string[]) => madeHash({ folder, make, watches });
    const before = ["src/**", "src"].map((pattern) => hash("a", pattern, "pom.xml"));
    writeFileSync(join(folder, "README.md"), "new");
    assert.deepEqual(
      ["src/**", "src"].map((pattern) => hash("a", pattern, "pom.xml")),
      before,
    );
    assert.notEqual(hash("b", "src", "pom.xml"), before[1]);
    writeFileSync(join(folder, "src/a/x.java"), "new");
    assert.notEqual(hash("a", "src/**", "pom.xml"), before[0]);
    assert.notEqual(hash("a", "src", "pom.xml"), before[1]);
  });

  it("has to be there, or a change would not be seen", () => {
    assert.throws(
      () => madeHash({ folder, make: "a", watches: ["src", "sorce/**"] }),
      /names no file in .*: sorce\/\*\*/,
    );
    assert.throws(() => madeHash({ folder, make: "a", watches: [] }), /names no file/);
  });
});
