import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { readAwsSettings } from "../../components/aws/settings/read-settings.ts";
import { planSystem } from "../../model/plan.ts";
import { KEYS, readSettings } from "../../stacks/settings.ts";
import { projectFolder } from "../../cli/project/project-folder.ts";
import { systems } from "../../systems/index.ts";
import { TODAY } from "../aws-account.ts";
import { copyProject } from "../project-copy.ts";
import { blocks, textOf } from "./commands.ts";

const pages = globSync("docs/how-to/*.md", { cwd: projectFolder });
const page = (name: string): string => textOf(`docs/how-to/${name}.md`);

describe("the pages that answer a question", () => {
  it("are all in the list of the README, and short", () => {
    const readme = textOf("README.md");
    assert.ok(pages.length >= 8);
    assert.deepEqual(
      pages.filter((file) => !readme.includes(`](${file})`)),
      [],
    );
    assert.deepEqual(
      pages.filter((file) => textOf(file).split(/\s+/).length > 600),
      [],
    );
  });

  for (const settings of blocks(page("add-staging"), "yaml"))
    it(`have settings of staging that are taken: stage ${/stage: (\w+)/.exec(settings)?.[1]}`, () => {
      const { config } = parse(settings) as { config: Record<string, string> };
      const known = systems.map(({ name }) => name);
      const { stage, systems: wanted } = readSettings("staging", config, known);
      if (stage === "dev") return;
      const plans = systems.filter(({ name }) => wanted.includes(name)).map((system) => planSystem(system, stage));
      assert.ok(
        readAwsSettings(config, plans, TODAY, { stack: "staging", others: KEYS.map((key) => `slipway:${key}`) }),
      );
    });

  it("name a password by the name that the stack gives it", () => {
    const urns = [...page("rotate-a-password").matchAll(/--replace '([^']+)'/g)].map(([, urn]) => urn);
    const record = readFileSync(join(projectFolder, "test/recorded-plan/prod.json"), "utf8");
    assert.ok(urns.length > 0);
    for (const urn of urns) assert.ok(record.includes(`"urn": "${urn}"`), urn);
  });

  it("name settings that there are, with values that are taken", () => {
    const account = { ...(parse(textOf("Pulumi.prod.yaml")) as { config: Record<string, string> }).config };
    const others = [...KEYS.map((key) => `slipway:${key}`)];
    const told = ["what-it-costs"].flatMap((name) =>
      [...page(name).matchAll(/`(slipway:\w+: [^`]+)`/g)].map(([, line = ""]) => line),
    );
    assert.ok(told.length >= 4);
    const config = Object.assign({}, ...told.map((line) => parse(line) as object)) as Record<string, string>;
    const { "slipway:databaseClass": _class, "slipway:brokerClass": _broker, ...rest } = config; // refused where a system needs more
    readAwsSettings({ ...account, ...rest }, [], TODAY, { stack: "prod", others });
    readAwsSettings({ ...account, ...config }, [], TODAY, { stack: "prod", others });
  });
});

describe("the way back to the version before", function () {
  this.timeout(180_000);
  let folder = "";
  before(() => (folder = copyProject("roll-back")));
  after(() => rmSync(folder, { recursive: true }));

  const git = (...args: string[]): string =>
    execFileSync(
      "git",
      ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false", ...args],
      { cwd: folder, encoding: "utf8" },
    );
  const planned = (): string => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["cli/main.ts", "plan", "fishdelivery", "--stage", "prod"],
      { cwd: folder, encoding: "utf8" },
    );
    assert.equal(status, 0, stderr);
    return stdout;
  };

  it("declares what that version declared, by the commands of the page", () => {
    git("init", "--quiet");
    git("add", "--all");
    git("commit", "--quiet", "--message", "good");
    const before = planned();
    const file = join(folder, "systems/fishdelivery/system.ts");
    writeFileSync(file, readFileSync(file, "utf8").replace('"610ms"', '"400ms"'));
    git("commit", "--quiet", "--all", "--message", "bad");
    assert.notEqual(planned(), before);
    const commands = blocks(page("roll-back"), "sh")
      .join("")
      .split("\n")
      .filter((line) => line.startsWith("git "));
    assert.equal(commands.length, 2);
    for (const command of commands) {
      const log = git(...command.replace("<commit>", "HEAD").split(" ").slice(1));
      if (command.startsWith("git log")) assert.match(log.split("\n")[0] ?? "", / bad$/);
    }
    assert.equal(planned(), before);
  });
});
