import assert from "node:assert/strict";
import type { Running } from "./running.ts";
import { eventually } from "./shop.ts";

/** Proofs that one command brings the system up, whenever it was killed before. */
export function proveStarting(running: () => Running): void {
  for (const [when, line] of [
    ["it looked for tools", /\S/],
    ["it previewed", /judged by the policies \(/],
    ["it made the first objects", /Namespace.*created/s],
    ["it made the stores", /StatefulSet.*creating/s],
  ] as const) {
    it(`may be killed when ${when}`, async () => {
      const { launched } = running();
      await launched.killedAt(line, "start");
    });
  }

  it("may be stopped with Ctrl-C in the middle of an update, and leaves nothing half-made", async () => {
    const { launched } = running();
    const { code, output } = await launched.interruptedAt(/Deployment.*creating/s, "start");
    assert.equal(code, 1, output);
    assert.match(output, /cancel/i);
    const { output: state } = await launched.pulumi("stack", "export", "-s", "dev");
    assert.doesNotMatch(state, /"pending_operations": \[\s*\{/);
  });

  it("comes up with one command, delivers an order and shows its events in their order", async () => {
    const { launched } = running();
    const { code, output } = await launched.slipway("start");
    assert.equal(code, 0, output);
    const published = [...output.matchAll(/publishes (\w+)/g)].map(([, event]) => event);
    assert.deepEqual(
      published.filter((event) => event !== "OrderPlaced" && event !== "PayApproved"),
      ["OrderTaken", "OrderPrepared", "DeliveryStarted", "DeliveryCompleted"],
    );
    assert.match(output, /Order \S+ is delivered/);
    assert.equal(output.match(/curl -s/g)?.length, 3);
  });

  for (const more of [[], ["--refresh"]]) {
    it(`is previewed without a secret, and nothing seems to change: --live ${more.join(" ")}`, async () => {
      const { launched } = running();
      const line = ["preview", "dev", "--live", "--expect-no-changes", "--no-policies", ...more];
      // What has just started may still be moving: replicas come, an address is found.
      const output = await eventually("a preview without a change", async () => {
        const preview = await launched.slipway(...line);
        if (preview.code !== 0) throw new Error(preview.output);
        return preview.output;
      });
      assert.match(output, /values of Secrets are not compared/);
    });
  }

  it("keeps in its state where each resource is declared, as seen from the project's folder", async () => {
    const { launched } = running();
    const { output: state } = await launched.pulumi("stack", "export", "-s", "dev");
    const positions = [...state.matchAll(/"sourcePosition": "([^"]+)"/g)]
      .map(([, position = ""]) => position)
      .filter((position) => !position.includes("/node_modules/"));
    assert.ok(
      positions.some((position) => position.startsWith("project:///components/microservice.ts#")),
      positions[0],
    );
    assert.deepEqual(
      positions.filter((position) => !/^project:\/\/\/(components|stacks)\//.test(position)),
      [],
    );
  });

  it("has made nothing twice for having been killed", async () => {
    const { launched } = running();
    const label = (name: string) => `{.metadata.labels.app\\.kubernetes\\.io/${name}}`;
    const made = (
      await launched.kubectl(
        "get",
        "deployments,statefulsets,jobs,horizontalpodautoscalers",
        "-o",
        `jsonpath={range .items[*]}{.kind} ${label("name")} ${label("component")}{"\\n"}{end}`,
      )
    )
      .trim()
      .split("\n");
    assert.ok(made.length > 10, made.join("\n"));
    assert.deepEqual(
      made.filter((one, index) => made.indexOf(one) !== index),
      [],
    );
  });

  it("changes nothing when nothing has changed, and waits for another start that is under way", async () => {
    const { launched } = running();
    const runs = await Promise.all([launched.slipway("up", "dev"), launched.slipway("up", "dev")]);
    for (const { code, output } of runs) {
      assert.equal(code, 0, output);
      assert.match(output, /\d+ unchanged; policies passed/);
    }
    assert.equal(runs.filter(({ output }) => output.includes("Another slipway")).length, 1);
  });
}
