import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type SystemPlan, planSystem } from "../../model/plan.ts";
import { USER_ID } from "../../components/manifests/security.ts";
import { defineSystem } from "../../model/system.ts";
import { imageReference } from "../../toolchain/image-build/image.ts";
import { imageRecipe, kitRecipe } from "../../toolchain/image-build/image-recipe.ts";
import { PROJECT } from "../../toolchain/roots/project.ts";
import { systemImages } from "./image-references.ts";
import { imageSources } from "./image-sources.ts";
import { programsOf } from "./programs.ts";

const NAME = "of-others";
const FOLDER = join(PROJECT, "systems", NAME);
const DIGEST = `sha256:${"a".repeat(64)}`;
const declined = { slo: { declined: "an example" }, health: { declined: "an example" } } as const;

function planOf(dockerfile: string, watches: string): SystemPlan {
  const system = defineSystem({
    name: NAME,
    purpose: "Runs what others wrote",
    owner: "team",
    stores: { db: { kind: "postgres", keeps: "every write" } },
    services: {
      built: {
        ...declined,
        health: { command: ["/check"] },
        run: ["/app"],
        needs: { user: 1234 },
        purpose: "Is built",
        tier: "standard",
        from: { build: "built", dockerfile, target: "run", args: { A: "1" } },
        answers: { web: { protocol: "http", listens: 80 } },
        uses: { db: { may: "change" } },
        migration: { run: ["migrate"], image: { image: `example.com/flyway:1@${DIGEST}` } },
        beside: { proxy: { from: { image: `example.com/proxy@${DIGEST}` }, reason: "speaks for it" } },
      },
      ready: {
        ...declined,
        purpose: "Is ready",
        tier: "standard",
        from: { image: `example.com/ready:1@${DIGEST}` },
        answers: { web: { protocol: "tcp", listens: 80 } },
      },
      made: {
        ...declined,
        purpose: "Is made",
        tier: "standard",
        from: { make: "make {reference}", watches: [watches] },
        answers: { web: { protocol: "tcp", listens: 80 } },
      },
    },
    entry: { declined: "an example" },
  });
  return planSystem(system, "dev");
}

describe("images of programs that nobody here wrote", () => {
  before(() => {
    mkdirSync(join(FOLDER, "built"), { recursive: true });
    writeFileSync(join(FOLDER, "built/Dockerfile"), "FROM scratch AS run\n");
    writeFileSync(join(FOLDER, "made.txt"), "");
  });
  after(() => rmSync(FOLDER, { recursive: true, force: true }));
  const plan = () => planOf("Dockerfile", "made.txt");

  it("are those of services, of what runs beside them and of migrations, under the names the platform is asked by", async () => {
    const names = ["built", "built/proxy", "built/migration", "ready", "made"].map((name) => `${NAME}/${name}`);
    assert.deepEqual(
      programsOf(plan()).map(({ name }) => name),
      names,
    );
    const { references, programs } = await systemImages([plan()], { registry: null });
    for (const name of names) {
      assert.match(references.get(name) ?? "", new RegExp(`^slipway\\.local/${name}:[0-9a-f]{16}$`));
      assert.ok(programs.has(references.get(name) ?? ""));
    }
  });

  it("are used as pods use them: by whom, started how, with which commands beside", () => {
    const uses = Object.fromEntries(programsOf(plan()).map(({ name, use }) => [name.slice(NAME.length + 1), use]));
    assert.deepEqual(uses["built"], {
      user: 1234,
      run: ["/app"],
      commands: [{ what: '"health"', command: ["/check"] }],
    });
    assert.deepEqual(uses["built/migration"], { user: 1234, run: ["migrate"], commands: [] });
    assert.deepEqual(uses["built/proxy"], { user: 1234, run: null, commands: [] });
    assert.deepEqual(uses["ready"], { user: USER_ID, run: null, commands: [] });
  });

  it("change their reference with their sources, and nothing else does", async () => {
    const all = async () => (await systemImages([plan()], { registry: null })).references;
    const before = await all();
    writeFileSync(join(FOLDER, "built/new"), "");
    const after = await all();
    const changed = [...before.keys()].filter((name) => before.get(name) !== after.get(name));
    assert.deepEqual(changed, [`${NAME}/built`]);
  });

  it("that cannot be had are told all at once, each by its service", async () => {
    await assert.rejects(systemImages([planOf("Dokerfile", "nothing.txt")], { registry: null }), (error: Error) => {
      assert.match(
        error.message,
        /^of-others\/built: there is no Dokerfile in .*\nNext: write one of those that are there in "dockerfile": Dockerfile\./,
      );
      assert.match(error.message, /\nof-others\/made: "watches" names no file in .*: nothing\.txt\.\nNext: /);
      return true;
    });
  });

  it("are built for the cloud from their own folder, and run as they are where they are ready", async () => {
    const { of } = await imageSources([plan()], [], ["linux/amd64"], true);
    const sources = new Map(of(plan()).map((source) => [source.name, source]));
    assert.deepEqual([...sources.keys()], ["job", ...programsOf(plan()).map(({ name }) => name)]);
    const { version, ...built } = sources.get(`${NAME}/built`) ?? assert.fail();
    assert.match(version, /^[0-9a-f]{16}$/);
    assert.deepEqual(built, {
      name: `${NAME}/built`,
      repository: `${NAME}/built`,
      context: `systems/${NAME}/built`,
      dockerfile: `systems/${NAME}/built/Dockerfile`,
      target: "run",
      args: { A: "1" },
    });
    const ready = sources.get(`${NAME}/ready`) ?? assert.fail();
    assert.ok("reference" in ready && ready.reference === `example.com/ready:1@${DIGEST}`);
    const made = sources.get(`${NAME}/made`) ?? assert.fail();
    assert.ok(
      "made" in made &&
        /^\.slipway\/contexts\/of-others-made-[0-9a-f]{16}\.image:[0-9a-f]{16}-amd64$/.test(made.made ?? ""),
    );
  });
});

describe("a program on the kit", () => {
  it("is found by its file, with the reference it always had where that is the usual one", () => {
    const usual = kitRecipe("systems/fishdelivery/services/order.ts");
    assert.equal(imageReference("fishdelivery/order", undefined, usual), imageReference("fishdelivery/order"));
    assert.deepEqual(usual, imageRecipe("fishdelivery/order"));
    assert.throws(
      () => kitRecipe("systems/fishdelivery/services/oder.ts"),
      /there is no systems\/fishdelivery\/services\/oder\.ts\. Fix "kit"/,
    );
  });
});
