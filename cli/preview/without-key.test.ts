import assert from "node:assert/strict";
import { withoutKey } from "./without-key.ts";

describe("a preview without a key", () => {
  it("is refused where settings are encrypted, because whatever follows from them would seem to change", async () => {
    const config = { "slipway:domain": "shop.example.com", "slipway:alarmEmail": { secure: "v1:sealed" } };
    await assert.rejects(
      withoutKey({ stack: "prod", config, env: {} }, () => assert.fail("it began")),
      ({ message }: Error) =>
        /cannot read what is encrypted in Pulumi\.prod\.yaml: slipway:alarmEmail\.\n.* Fix: write the value itself in Pulumi\.prod\.yaml, instead of `secure:`/.test(
          message,
        ) && !message.includes("sealed"),
    );
  });
});
