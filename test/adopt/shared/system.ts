import { draftSystem } from "../../../model/draft.ts";
import { fact } from "../../../model/words/value.ts";

// Adopted from k8s.
// What only people know is left open: `slipway plan` asks for it. Once nothing is, `draftSystem` becomes `defineSystem`.
export const bank = draftSystem({
  name: "bank",
  services: {
    // k8s/all.yaml:6
    teller: {
      from: { image: "bank/teller:1" },
      answers: { http: { protocol: "http", listens: 8000 } },
      // from Service teller of type NodePort, k8s/all.yaml:18
      routes: [{ path: "/" }],
      calls: {
        cards: {}, // from CARDS_URL=http://cards:8000 in teller, k8s/all.yaml:4
        rates: {}, // from RATES_ADDR=rates:9000 in teller, k8s/all.yaml:4
      },
      reads: {
        CARDS_URL: fact("cards", "url"),
        RATES_ADDR: fact("rates", "address"),
        TELLER_URL: "http://teller:8000",
      },
    },
    // k8s/all.yaml:20
    // k8s/all.yaml:4: no edge from TELLER_URL=http://teller:8000: it comes with the whole of ConfigMap addresses, and its sources do not speak of it
    cards: {
      from: { image: "bank/cards:1" },
      answers: { http: { protocol: "http", listens: 8000 } },
      calls: {
        rates: {}, // from RATES_ADDR=rates:9000 in cards, k8s/all.yaml:4
      },
      reads: { CARDS_URL: "http://cards:8000", RATES_ADDR: fact("rates", "address") },
    },
    // k8s/all.yaml:34
    rates: { from: { image: "bank/rates:1" }, answers: { grpc: { protocol: "grpc", listens: 9000 } } },
  },
});
