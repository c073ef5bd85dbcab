import assert from "node:assert/strict";
import { Pace } from "./pace.ts";

describe("the time that is left", () => {
  it("is the usual one until a step is done, and then follows what the steps before really took", () => {
    const pace = new Pace();
    assert.equal(pace.here(60), 60);
    pace.done(60, 180);
    assert.equal(pace.here(60), 180);
    pace.done(180, 180); // a long step counts for more than a short one
    assert.equal(pace.here(60), 90);
  });
});
