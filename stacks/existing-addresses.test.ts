import assert from "node:assert/strict";
import { planSystem } from "../model/plan.ts";
import { retail } from "../test/foreign/retail.ts";
import { existingAddresses } from "./existing-addresses.ts";

const plans = [planSystem(retail, "dev")];
const ALL = {
  "products-search": "search.example.com:443",
  "items-table": "tables.example.com:443",
  "order-events": "10.0.0.7:5671",
};

describe("addresses of stores that are there already", () => {
  it("are those of the stack's settings", () => {
    assert.deepEqual(existingAddresses(plans, { stores: ALL }, "dev")("order-events"), {
      host: "10.0.0.7",
      port: 5671,
    });
  });

  it("are all asked for at once, each with the line to write", () => {
    assert.throws(
      () => existingAddresses(plans, { stores: { "items-table": "tables.example.com" } }, "dev"),
      ({ message }: Error) => {
        assert.match(message, /nothing was deployed/);
        assert.match(
          message,
          /stores:products-search: found nothing, .* Fix: write `stores:products-search: products.example.com:443` below config in Pulumi.dev.yaml/,
        );
        assert.match(message, /stores:items-table: found "tables.example.com", allowed: host:port of the dynamodb/);
        assert.match(message, /stores:order-events: found nothing/);
        return true;
      },
    );
  });
});
