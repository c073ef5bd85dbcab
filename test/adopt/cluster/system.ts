import { draftSystem } from "../../../model/draft.ts";
import { fact } from "../../../model/words/value.ts";

// Adopted from all.json.
// What only people know is left open: `slipway plan` asks for it. Once nothing is, `draftSystem` becomes `defineSystem`.
export const mail = draftSystem({
  name: "mail",
  stores: {
    // letters-db (mail/own-database:3), all.json:121
    "letters-db": { kind: "postgres", database: "letters" },
  },
  services: {
    // all.json:5
    inbox: {
      from: { image: "mail/inbox:3" },
      run: ["/inbox", "--letters=http://letters:9000"],
      answers: { http: { protocol: "http", listens: 80 } },
      // from Service inbox of type LoadBalancer, all.json:58
      routes: [{ path: "/" }],
      calls: {
        letters: {}, // from http://letters:9000 in its command in inbox, all.json:27
      },
    },
    // all.json:65
    letters: {
      from: { image: "mail/letters:3" },
      answers: { http: { protocol: "http", listens: 9000 } },
      uses: {
        "letters-db": {}, // from DB=postgres://letters:…@letters-db.mail:5432/letters in letters, all.json:91
      },
      reads: { DB: fact("letters-db", "dsn") },
    },
  },
});
