import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { serviceSecrets } from "./service-secrets.ts";

const secret = (name: string, ...readers: string[]) => ({ name, onDev: "generated", readers }) as const;
const shop = {
  name: "shop",
  stage: "prod",
  secrets: [secret("stripe-key", "payment"), secret("salt", "a", "b")],
} as const;
const club = { name: "club", stage: "prod", secrets: [secret("empty", "reader")] } as const;
const KEPT: Readonly<Record<string, string>> = { "prod/shop/stripe-key": "sk_hush", "prod/club/empty": "" };

describe("secrets of services on AWS", () => {
  const asked: string[] = [];
  const before = process.env["SLIPWAY_SECRETS"];
  const start = (dryRun: boolean) =>
    pulumi.runtime.setMocks(
      {
        newResource: ({ name, inputs }) => ({ id: name, state: inputs as object }),
        call: ({ token, inputs }) => {
          const { secretId, name, region } = inputs as { secretId?: string; name?: string; region: string };
          const id = secretId ?? name ?? "";
          asked.push(`${token.split("/").at(-1)?.split(":")[0]} ${id} ${region}`);
          const secretString = KEPT[id];
          if (secretString === undefined)
            throw Object.assign(new Error(), { details: "1 error occurred:\n\t* couldn't find resource\n\n" });
          return secretId === undefined ? { id } : { id, secretString };
        },
      },
      "p",
      "s",
      dryRun,
    );
  beforeEach(async () => {
    asked.length = 0;
    await start(false);
  });
  afterEach(() => {
    if (before === undefined) delete process.env["SLIPWAY_SECRETS"];
    else process.env["SLIPWAY_SECRETS"] = before;
  });

  it("are read by their documented names, in the region of the stack, and stay secret", async () => {
    const found = await serviceSecrets([{ ...shop, secrets: [shop.secrets[0]] }], "eu-central-1", false);
    const value = found(shop)("stripe-key");
    assert.equal(await new Promise((done) => void value.apply(done)), "sk_hush");
    assert.equal(await pulumi.isSecret(value), true);
    assert.deepEqual(asked, ["getSecretVersion prod/shop/stripe-key eu-central-1"]);
  });

  it("that are missing or empty are told all at once, each with who reads it and the command that makes it", async () => {
    await assert.rejects(serviceSecrets([shop, club], "eu-central-1", false), ({ message }: Error) => {
      const [head, ...lines] = message.split("\n");
      assert.match(head ?? "", /nothing was deployed/);
      assert.equal(lines.length, 2);
      assert.match(
        lines[0] ?? "",
        /^ {2}prod\/club\/empty, which reader reads: .*holds no text\)\. Fix: aws secretsmanager create-secret --name prod\/club\/empty /,
      );
      assert.match(lines[1] ?? "", /^ {2}prod\/shop\/salt, which a and b read: .*\(couldn't find resource\)\. Fix: /);
      assert.ok(!message.includes("sk_hush"));
      return true;
    });
  });

  it("are only looked for in a preview that withholds secrets, and missing ones are told there too", async () => {
    process.env["SLIPWAY_SECRETS"] = "withheld";
    await start(true);
    const found = await serviceSecrets([{ ...shop, secrets: [shop.secrets[0]] }], "eu-central-1", false);
    assert.equal(await new Promise((done) => void found(shop)("stripe-key").apply(done)), "[secret]");
    await assert.rejects(serviceSecrets([shop], "eu-central-1", false), /prod\/shop\/salt/);
    assert.ok(
      asked.every((question) => question.startsWith("getSecret ")),
      asked.join(),
    );
  });

  it("are not asked for where a plan is made without an account", async () => {
    await serviceSecrets([shop, club], "eu-central-1", true);
    assert.deepEqual(asked, []);
  });
});
