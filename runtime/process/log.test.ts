import assert from "node:assert/strict";
import { createLog } from "./log.ts";

describe("the log", () => {
  it("is JSON with UTC time, and shows neither secrets nor personal data at any of three depths", () => {
    const lines: string[] = [];
    const log = createLog({ service: "order", version: "v1", logLevel: "info" }, { write: (line) => lines.push(line) });
    log.info(
      {
        password: "hush-1",
        body: { telephone: "hush-2" },
        request: { headers: { authorization: "hush-3" } },
        orderId: "o1",
      },
      "said",
    );
    const [line = ""] = lines;
    assert.doesNotMatch(line, /hush/);
    const entry = JSON.parse(line) as Record<string, unknown>;
    assert.deepEqual(
      [entry["service"], entry["version"], entry["level"], entry["msg"], entry["orderId"]],
      ["order", "v1", "info", "said", "o1"],
    );
    assert.match(String(entry["time"]), /Z$/);
  });
});
