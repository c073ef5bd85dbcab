import { draftSystem } from "../../../model/draft.ts";
import { fact, template } from "../../../model/words/value.ts";

// Adopted from compose.yaml.
// What only people know is left open: `slipway plan` asks for it. Once nothing is, `draftSystem` becomes `defineSystem`.
// compose.yaml:25: lost (mariadb:11) is a store that no variable leads to: add it under `stores` and `uses` if somebody has data there
export const redis = draftSystem({
  name: "redis",
  stores: {
    // cache (valkey/valkey:8), compose.yaml:15
    cache: { kind: "redis" },
    // documents (mongo:8), compose.yaml:18
    documents: {
      kind: "mongodb",
      existing: "documents",
      database: "carts",
      user: "shop",
      password: "documents-password",
    },
    // search (opensearchproject/opensearch:3.2.0), compose.yaml:21
    search: { kind: "opensearch", existing: "search" },
    // memory (memcached:1.6), compose.yaml:23
    memory: { kind: "memcached", existing: "memory" },
  },
  services: {
    // compose.yaml:2
    cart: {
      kind: "worker",
      from: { image: "shop/cart:1" },
      uses: {
        cache: {}, // from REDIS_URL=redis://cache:6379 in cart, compose.yaml:5
        documents: {}, // from MONGO_URL=mongodb://shop:…@documents:27017/carts in cart, compose.yaml:6
        search: {}, // from SEARCH_URL=http://search:9200 in cart, compose.yaml:7
        memory: {}, // from MEMCACHED=memory:11211 in cart, compose.yaml:8
      },
      reads: {
        REDIS_URL: fact("cache", "url"),
        MONGO_URL: fact("documents", "dsn"),
        SEARCH_URL: template`http://${fact("search", "address")}`,
        MEMCACHED: fact("memory", "address"),
      },
    },
    // compose.yaml:9
    session: {
      kind: "worker",
      from: { image: "shop/session:1" },
      uses: {
        cache: {}, // from REDIS_HOST=cache in session, compose.yaml:12
      },
      reads: {
        REDIS_HOST: fact("cache", "host"),
        REDIS_PORT: fact("cache", "port"),
        REDIS_PASSWORD: fact("cache", "password"),
      },
    },
  },
});
