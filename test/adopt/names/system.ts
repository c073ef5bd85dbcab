import { draftSystem } from "../../../model/draft.ts";
import { fact } from "../../../model/words/value.ts";

// Adopted from compose.yaml.
// What only people know is left open: `slipway plan` asks for it. Once nothing is, `draftSystem` becomes `defineSystem`.
export const classSystem = draftSystem({
  name: "class",
  services: {
    // self there; compose.yaml:3
    "self-server": {
      kind: "worker",
      from: { image: "odd/self:1" },
      calls: {
        constructor: {}, // from constructor=http://constructor:80 in self, compose.yaml:6
        tostring: {}, // from __proto__=http://toString in self, compose.yaml:7
        "order-taking-that-is-called-longer-than": {}, // from PASSAGE=http://order_taking_that_is_called_longer_than_any_label_may_be_here:8080 in self, compose.yaml:8
      },
      reads: {
        constructor: fact("constructor", "url"),
        ["__proto__"]: fact("tostring", "url"),
        PASSAGE: fact("order-taking-that-is-called-longer-than", "url"),
      },
    },
    // compose.yaml:9
    constructor: { from: { image: "odd/constructor:1" }, answers: { http: { protocol: "http", listens: 80 } } },
    // toString there; compose.yaml:11
    tostring: { from: { image: "odd/to-string:1" }, answers: { http: { protocol: "http", listens: 80 } } },
    // order_taking_that_is_called_longer_than_any_label_may_be_here there; compose.yaml:13
    "order-taking-that-is-called-longer-than": {
      from: { image: "odd/orders:1" },
      answers: { http: { protocol: "http", listens: 8080 } },
    },
    // __proto__ there; compose.yaml:15
    proto: { from: { image: "odd/proto:1" }, answers: { "port-80": { listens: 80 } } },
  },
});
