import { defineSystem } from "../../model/system.ts";
import { fact, secret } from "../../model/words/value.ts";
import { answers, call, entry, outside, slo, slow, standard } from "./as-they-are.ts";

const program = (folder: string, port: number, known?: number) =>
  ({
    purpose: `${folder} of the shop`,
    from: { build: `src/${folder}` },
    ...standard,
    answers: answers("grpc", port, known),
    health: "grpc",
    traces: "otlp",
  }) as const;

/** Online Boutique, every service of its manifests: eleven programs in five languages that talk gRPC, and who plays customers. */
export const boutique = defineSystem({
  name: "boutique",
  purpose: "Sells vintage things",
  owner: "shop",
  entry,
  stores: {
    carts: { kind: "redis", keeps: "last hour" },
    products: { kind: "postgres", keeps: "every write", extensions: ["vector"] },
  },
  services: {
    frontend: {
      purpose: "Shows the shop",
      from: { build: "src/frontend" },
      tier: "critical",
      slo,
      measured: "gateway",
      answers: answers("http", 8080, 80),
      traces: "otlp",
      health: { ready: "/_healthz", alive: "/_healthz", headers: { Cookie: "shop_session-id=x-probe" } },
      routes: [{ path: "/", access: "anyone" }],
      calls: {
        adservice: call({ timeout: "100ms" }),
        cartservice: call(),
        checkoutservice: call({ timeout: "3s", slow: "six calls in a row" }),
        currencyservice: call(),
        productcatalogservice: call(),
        recommendationservice: call(),
        shippingservice: call(),
        shoppingassistantservice: slow("30s"),
      },
      reads: {
        PORT: 8080,
        ENABLE_PROFILER: 0,
        AD_SERVICE_ADDR: fact("adservice", "address"),
        CART_SERVICE_ADDR: fact("cartservice", "address"),
        CHECKOUT_SERVICE_ADDR: fact("checkoutservice", "address"),
        CURRENCY_SERVICE_ADDR: fact("currencyservice", "address"),
        PRODUCT_CATALOG_SERVICE_ADDR: fact("productcatalogservice", "address"),
        RECOMMENDATION_SERVICE_ADDR: fact("recommendationservice", "address"),
        SHIPPING_SERVICE_ADDR: fact("shippingservice", "address"),
        SHOPPING_ASSISTANT_SERVICE_ADDR: fact("shoppingassistantservice", "address"),
        COLLECTOR_SERVICE_ADDR: fact("self", "traces"),
      },
    },
    adservice: { ...program("adservice", 9555), needs: { memory: "300Mi", startsWithin: "2m" } },
    currencyservice: { ...program("currencyservice", 7000), reads: { PORT: 7000, DISABLE_PROFILER: 1 } },
    cartservice: {
      ...program("cartservice/src", 7070),
      uses: { carts: { may: "write" } },
      reads: { REDIS_ADDR: fact("carts", "address") },
    },
    checkoutservice: {
      ...program("checkoutservice", 5050),
      calls: {
        cartservice: call(),
        currencyservice: call(),
        emailservice: call(),
        paymentservice: call(),
        productcatalogservice: call(),
        shippingservice: call(),
      },
      reads: {
        PORT: 5050,
        CART_SERVICE_ADDR: fact("cartservice", "address"),
        CURRENCY_SERVICE_ADDR: fact("currencyservice", "address"),
        EMAIL_SERVICE_ADDR: fact("emailservice", "address"),
        PAYMENT_SERVICE_ADDR: fact("paymentservice", "address"),
        PRODUCT_CATALOG_SERVICE_ADDR: fact("productcatalogservice", "address"),
        SHIPPING_SERVICE_ADDR: fact("shippingservice", "address"),
      },
    },
    emailservice: program("emailservice", 8080, 5000),
    paymentservice: program("paymentservice", 50_051),
    productcatalogservice: program("productcatalogservice", 3550),
    shippingservice: program("shippingservice", 50_051),
    recommendationservice: {
      ...program("recommendationservice", 8080),
      calls: { productcatalogservice: call() },
      reads: { PRODUCT_CATALOG_SERVICE_ADDR: fact("productcatalogservice", "address") },
    },
    shoppingassistantservice: {
      purpose: "Talks about products",
      from: { build: "src/shoppingassistantservice" },
      ...standard,
      answers: answers("http", 8080, 80),
      health: { declined: "has none in production" },
      outside: { gemini: outside("generativelanguage.googleapis.com") },
      uses: { products: { may: "read" } },
      reads: { GOOGLE_API_KEY: secret("gemini-key", "asked"), ALLOYDB_DATABASE_NAME: fact("products", "name") },
      needs: { writes: ["/app/cache"] },
    },
    loadgenerator: {
      kind: "worker",
      purpose: "Plays customers",
      from: { build: "src/loadgenerator" },
      ...standard,
      health: { declined: "restarting it helps nobody" },
      scale: { one: "two would double the load" },
      calls: { frontend: call() },
      reads: { FRONTEND_ADDR: fact("frontend", "address"), USERS: 10, RATE: 1 },
    },
  },
});
