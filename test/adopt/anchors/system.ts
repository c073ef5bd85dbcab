import { draftSystem } from "../../../model/draft.ts";
import { fact } from "../../../model/words/value.ts";

// Adopted from compose.yaml, compose.override.yaml.
// What only people know is left open: `slipway plan` asks for it. Once nothing is, `draftSystem` becomes `defineSystem`.
export const anchors = draftSystem({
  name: "anchors",
  services: {
    // ledger/compose.yaml:2
    // ports 8080:8080 (ledger/compose.yaml:4): no route: it is there for people at work, as it seems; add one if the public needs it
    ledger: {
      from: { image: "bank/ledger:1" },
      answers: { http: { protocol: "http", listens: 8080 } },
      reads: { FILE: "/data/ledger" },
    },
    // compose.yaml:9
    teller: {
      from: { image: "bank/teller:1" },
      answers: { http: { protocol: "http", listens: 8080 } },
      // from ports 80:8080, compose.override.yaml:3
      routes: [{ path: "/" }],
      calls: {
        ledger: {}, // from LEDGER_URL=http://ledger:8080 in teller, compose.yaml:9
      },
      reads: { LOG_LEVEL: "info", LEDGER_URL: fact("ledger", "url") },
    },
    // compose.yaml:13
    clerk: {
      from: { image: "bank/clerk:1" },
      answers: { "port-7000": { listens: 7000 } },
      needs: { memory: "100Mi" },
      calls: {
        ledger: {}, // from LEDGER_URL=http://ledger:8080 in clerk, compose.yaml:16
      },
      reads: { FLOOR: "2", LOG_LEVEL: "debug", LEDGER_URL: fact("ledger", "url") },
    },
  },
});
