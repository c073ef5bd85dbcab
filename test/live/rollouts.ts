import assert from "node:assert/strict";
import { during, startLightLoad } from "./light-load.ts";
import type { Running } from "./running.ts";
import { eventually } from "./shop.ts";

/** Proofs that a new version takes over without a failed request. */
export function proveRollouts(running: () => Running): void {
  const changes: readonly [what: string, file: string, from: RegExp, to: string, rolled: string][] = [
    ["a setting", "systems/fishdelivery/system.ts", /timeout: "\d+ms"/, 'timeout: "600ms"', "order"],
    ["an image", "systems/fishdelivery/services/mypage.ts", /^/, "// new version\n", "mypage"],
  ];
  for (const [what, file, from, to, rolled] of changes) {
    it(`rolls out ${what} without a failed request`, async () => {
      const { launched, shop, pods } = running();
      const before = await pods.of(rolled);
      launched.edit(file, from, to);
      const { sent, failures } = await during(startLightLoad(shop), async () => {
        const { code, output } = await launched.slipway("up", "dev");
        assert.equal(code, 0, output);
        await eventually(
          "the old pods to be gone",
          async () => (await pods.notGone(rolled)).every((pod) => !before.includes(pod)) || undefined,
        );
      });
      assert.ok(sent > 50, `only ${sent} requests were sent`);
      assert.deepEqual(failures, []);
    });
  }
}
