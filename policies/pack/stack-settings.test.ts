import assert from "node:assert/strict";
import { Server } from "@grpc/grpc-js";
import { configuration, listenForStack } from "./stack-settings.ts";

type Handlers = Record<"configure" | "configureStack", (call: object, callback: () => void) => void>;

describe("the configuration of the pack", () => {
  const { addService } = Server.prototype;
  let handlers: Handlers | undefined;
  let heard = 0;
  const tell = (policies: Readonly<Record<string, object>>): void => {
    const map = new Map(
      Object.entries(policies).map(([name, properties]) => [
        name,
        { getProperties: () => ({ toJavaScript: () => properties }) },
      ]),
    );
    handlers?.configure({ request: { getPolicyconfigMap: () => map } }, () => undefined);
  };

  before(() => {
    Server.prototype.addService = (_, wrapped) => void (handlers = wrapped as unknown as Handlers);
    listenForStack();
    Server.prototype.addService.call(new Server(), {}, {
      configure: () => void (heard += 1),
      configureStack: () => undefined,
    } as never);
  });
  after(() => {
    tell({});
    Server.prototype.addService = addService;
  });

  it("is heard by both policies, under whichever it was written", () => {
    tell({ "resource-rules": { facts: { zones: 3 }, tier: "critical" }, "system-model": { facts: { zones: 2 } } });
    assert.deepEqual(
      [configuration({}).tier, configuration({ facts: { zones: 1 } }).facts],
      ["critical", { zones: 1 }],
    );
    tell({ "system-model": { tier: "dev" } });
    assert.deepEqual([configuration({}).tier, configuration({}).facts, heard], ["dev", {}, 2]);
  });

  it("says all that is wrong with it", () => {
    tell({ "resource-rules": { tear: "dev" } });
    assert.throws(() => configuration({}), /policy configuration: tear: no such setting/);
  });
});
