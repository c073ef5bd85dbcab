import { defineSystem } from "../../model/system.ts";
import { fact, secret } from "../../model/words/value.ts";
import { answers, call, entry, outside, standard } from "./as-they-are.ts";

const spring = (folder: string) =>
  ({
    from: { build: `src/${folder}` },
    ...standard,
    answers: answers("http", 8080, 80),
    health: "spring",
    measured: { prometheus: "micrometer", path: "/actuator/prometheus" },
    traces: "otlp",
    needs: { memory: "512Mi", startsWithin: "2m" },
  }) as const;

const plain = (folder: string) =>
  ({
    from: { build: `src/${folder}` },
    ...standard,
    answers: answers("http", 8080, 80),
    health: { ready: "/health", alive: "/health" },
    measured: { prometheus: "promhttp", path: "/metrics" },
    traces: "otlp",
  }) as const;

/** The retail store of the EKS workshop: Java, Go and Node.js on five kinds of store. */
export const retail = defineSystem({
  name: "retail",
  purpose: "Sells things",
  owner: "shop",
  entry,
  stores: {
    catalogdb: { kind: "mysql", keeps: "every write" },
    products: { kind: "opensearch", existing: "products-search" },
    items: { kind: "dynamodb", existing: "items-table" },
    checkouts: { kind: "redis", keeps: "last hour" },
    ordersdb: { kind: "postgres", keeps: "every write" },
    orderevents: { kind: "amqp", existing: "order-events", user: "retail", password: "order-events" },
  },
  services: {
    ui: {
      purpose: "Shows the shop",
      ...spring("ui"),
      routes: [{ path: "/", access: "anyone" }],
      calls: { catalog: call(), cart: call(), checkout: call(), orders: call() },
      outside: { openai: outside("api.openai.com") },
      reads: {
        RETAIL_UI_ENDPOINTS_CATALOG: fact("catalog", "url"),
        RETAIL_UI_ENDPOINTS_CARTS: fact("cart", "url"),
        RETAIL_UI_ENDPOINTS_CHECKOUT: fact("checkout", "url"),
        RETAIL_UI_ENDPOINTS_ORDERS: fact("orders", "url"),
        RETAIL_UI_CHAT_OPENAI_API_KEY: secret("openai-key", "asked"),
        METADATA_KUBERNETES_POD_NAME: fact("self", "replica"),
        METADATA_KUBERNETES_NAMESPACE: fact("self", "namespace"),
      },
    },
    catalog: {
      purpose: "Knows products",
      ...plain("catalog"),
      uses: { catalogdb: { may: "change" }, products: { may: "write" } },
      migration: { itself: "creates its tables at its start" },
      reads: {
        RETAIL_CATALOG_PERSISTENCE_PROVIDER: "mysql",
        RETAIL_CATALOG_PERSISTENCE_ENDPOINT: fact("catalogdb", "address"),
        RETAIL_CATALOG_PERSISTENCE_USER: fact("catalogdb", "user"),
        RETAIL_CATALOG_PERSISTENCE_PASSWORD: fact("catalogdb", "password"),
        RETAIL_CATALOG_SEARCH_OS_ENDPOINT: fact("products", "url"),
      },
    },
    cart: {
      purpose: "Keeps carts",
      ...spring("cart"),
      uses: { items: { may: "write" } },
      mayAlso: [
        {
          actions: ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"],
          on: "arn:aws:dynamodb:eu-central-1:111122223333:table/items",
          reason: "carts are rows of that table",
        },
      ],
      reads: {
        RETAIL_CART_PERSISTENCE_PROVIDER: "dynamodb",
        RETAIL_CART_PERSISTENCE_DYNAMODB_TABLE_NAME: fact("items", "name"),
      },
    },
    checkout: {
      purpose: "Leads to an order",
      ...plain("checkout"),
      uses: { checkouts: { may: "write" } },
      calls: { orders: call() },
      reads: {
        RETAIL_CHECKOUT_PERSISTENCE_REDIS_URL: fact("checkouts", "url"),
        RETAIL_CHECKOUT_ENDPOINTS_ORDERS: fact("orders", "url"),
      },
    },
    orders: {
      purpose: "Keeps orders",
      ...spring("orders"),
      uses: { ordersdb: { may: "change" }, orderevents: { may: "write" } },
      migration: { itself: "applies its steps at its start" },
      reads: {
        RETAIL_ORDERS_PERSISTENCE_ENDPOINT: fact("ordersdb", "address"),
        RETAIL_ORDERS_PERSISTENCE_PASSWORD: fact("ordersdb", "password"),
        RETAIL_ORDERS_MESSAGING_RABBITMQ_ADDRESSES: fact("orderevents", "address"),
        RETAIL_ORDERS_MESSAGING_RABBITMQ_PASSWORD: fact("orderevents", "password"),
      },
    },
  },
});
