import { draftSystem } from "../../../model/draft.ts";
import { fact } from "../../../model/words/value.ts";

// Adopted from compose.yaml.
// What only people know is left open: `slipway plan` asks for it. Once nothing is, `draftSystem` becomes `defineSystem`.
export const hostNetwork = draftSystem({
  name: "host-network",
  services: {
    // compose.yaml:3
    // compose.yaml:6: privileged: true is not carried over
    // compose.yaml:5: network_mode: "host" is not carried over: a pod has a network of its own, and asks others by their names
    collector: {
      kind: "worker",
      from: { image: "home/collector:1" },
      calls: {
        store: {}, // from STORE_URL=http://localhost:8086 in collector, compose.yaml:8
      },
      reads: { STORE_URL: fact("store", "url"), SELF: "http://localhost:9999" },
    },
    // compose.yaml:10
    // compose.yaml:17: cap_add: ["SYS_TIME"] is not carried over
    // ports 8086:80 (compose.yaml:12): no route: it is there for people at work, as it seems; add one if the public needs it
    store: {
      from: { image: "home/store:1" },
      answers: { http: { protocol: "http", listens: 80 } },
      calls: {
        rules: {}, // from RULES_URL=http://policy:7000 in store, compose.yaml:16
      },
      reads: { RULES_URL: fact("rules", "url") },
    },
    // compose.yaml:18
    rules: {
      from: { image: "home/rules:1" },
      answers: { http: { protocol: "http", listens: 7000 } },
      needs: { cpu: "0.5", memory: "512Mi" },
    },
  },
});
