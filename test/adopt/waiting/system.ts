import { draftSystem } from "../../../model/draft.ts";
import { fact } from "../../../model/words/value.ts";

// Adopted from compose.yaml.
// What only people know is left open: `slipway plan` asks for it. Once nothing is, `draftSystem` becomes `defineSystem`.
export const waiting = draftSystem({
  name: "waiting",
  stores: {
    // db (postgres:17), compose.yaml:32
    db: { kind: "postgres", database: "orders" },
  },
  services: {
    // compose.yaml:2
    // starts once migrate has ended (compose.yaml:5); what brings tables before a rollout is a `migration`
    orders: {
      from: { image: "shop/orders:2" },
      answers: { http: { protocol: "http", listens: 8080 } },
      health: { ready: "/healthz", alive: "/healthz" },
      needs: { startsWithin: "90s" },
      calls: {
        stock: {}, // from STOCK_GRPC_ADDR=stock:6000 in orders, compose.yaml:14
      },
      uses: {
        db: {}, // from DB_HOST=db in orders, compose.yaml:9
      },
      reads: {
        DB_HOST: fact("db", "host"),
        DB_PORT: fact("db", "port"),
        DB_USER: fact("db", "user"),
        DB_PASSWORD: fact("db", "password"),
        DB_NAME: fact("db", "name"),
        STOCK_GRPC_ADDR: fact("stock", "address"),
      },
    },
    // compose.yaml:20
    // compose.yaml:22: `run` is given to the entry point of the image, if it has one: write that before it
    migrate: {
      kind: "job",
      runs: "when asked",
      from: { image: "shop/orders:2" },
      run: ["alembic", "upgrade", "head"],
      uses: {
        db: {}, // from DATABASE_URL=postgresql://orders:…@db:5432/orders in migrate, compose.yaml:24
      },
      reads: { DATABASE_URL: fact("db", "dsn") },
    },
    // compose.yaml:25
    stock: {
      from: { image: "shop/stock:2" },
      answers: { grpc: { protocol: "grpc", listens: 6000 } },
      health: "grpc",
      needs: { memory: "256Mi", stopsWithin: "90s", user: 1000 },
    },
  },
});
