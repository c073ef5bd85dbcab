import { draftSystem } from "../../../model/draft.ts";
import { fact, template } from "../../../model/words/value.ts";

// Adopted from compose.yaml.
// What only people know is left open: `slipway plan` asks for it. Once nothing is, `draftSystem` becomes `defineSystem`.
// compose.yaml:12: tracer is left out: it belongs to the profile debug, which --profile asks for
export const newspaper = draftSystem({
  name: "newspaper",
  services: {
    // compose.yaml:3
    web: {
      from: { image: "registry.example.com/newspaper/web:1.4" },
      answers: { http: { protocol: "http", listens: 8443 } },
      // from ports 443:8443, compose.yaml:5
      routes: [{ path: "/" }],
      calls: {
        articles: {}, // from ARTICLES_URL=http://articles:9000/v1 in web, compose.yaml:7
      },
      reads: { ARTICLES_URL: template`${fact("articles", "url")}/v1`, SESSION_HOURS: "12" },
    },
    // compose.yaml:9
    articles: {
      from: { image: "registry.example.com/newspaper/articles:1.4" },
      answers: { http: { protocol: "http", listens: 9000 } },
    },
    // compose.yaml:15
    importer: {
      kind: "worker",
      from: { image: "registry.example.com/newspaper/importer:1.4" },
      calls: {
        articles: {}, // from ARTICLES_URL=http://articles:9000 in importer, compose.yaml:19
      },
      reads: { ARTICLES_URL: fact("articles", "url") },
    },
  },
});
