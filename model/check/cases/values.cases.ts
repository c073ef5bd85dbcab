import { fact, secret, template, type File, type Value } from "../../words/value.ts";
import { type Case, ownCall, sound, withForeign, withForeignCall, withService } from "./sound.ts";

const reading = (value: Value, more: object = {}) => withForeign({ reads: { VALUE: value }, ...more });
const withFile = (file: File, path = "/etc/app.conf") => withForeign({ files: { [path]: file } });
const third = { bank: { host: "api.example.com", reason: "a test", onFailure: "own" } } as const;

/** Variables, facts, secrets and files. */
export const VALUES: readonly Case[] = [
  ["variable-name", withForeign({ reads: { "log-level": "info" } }), /log-level/],
  ["variable-name", withForeignCall({ keptBy: { settings: { "1": "timeoutMs" } } }), /"1"/],
  [
    "variable-twice",
    withForeign({
      calls: { payment: { ...ownCall, keptBy: { settings: { WAIT: "timeoutMs" } } } },
      reads: { WAIT: 5 },
    }),
    /WAIT, which `reads` sets too/,
  ],
  ["unknown-fact-owner", reading(fact("paymnt", "url")), /paymnt/],
  ["fact-without-edge", reading(fact("payment", "url")), /url of "payment" without an edge/],
  ["fact-without-edge", reading(fact("rows", "host")), /rows/],
  ["fact-without-edge", reading(fact("outside/bank", "host")), /outside\/bank/],
  ["fact-without-edge", reading(template`http://${fact("payment", "address")}/`), /payment/],
  [
    "fact-without-edge",
    withForeign({
      beside: { proxy: { from: { image: "proxy:1" }, reason: "a test", reads: { TO: fact("payment", "url") } } },
    }),
    /payment/,
  ],
  ["fact-not-had", reading(fact("cache", "jdbc")), /"jdbc" of "cache", a store of kind redis/],
  ["fact-not-had", reading(fact("self", "url")), /"url" of the service itself/],
  ["fact-not-had", reading(fact("outside/bank", "user"), { outside: third }), /third party/],
  ["fact-not-had", reading(fact("self", "topics")), /"topics"/],
  ["fact-not-had", reading(fact("payment", "topic"), { calls: { payment: ownCall } }), /a service/],
  [
    "fact-not-had",
    { ...reading(fact("self", "publicUrl"), { routes: [] }), entry: { declined: "a test" } },
    /publicUrl/,
  ],
  [
    "fact-not-had",
    {
      ...reading(fact("queue", "password"), { uses: { queue: { may: "write" } } }),
      stores: { ...sound.stores, queue: { kind: "amqp", existing: "shop-queue" } },
    },
    /an existing amqp/,
  ],
  [
    "fact-not-had",
    {
      ...reading(fact("queue", "dsn"), { uses: { queue: { may: "write" } } }),
      stores: { ...sound.stores, queue: { kind: "amqp", existing: "shop-queue", user: "shop" } },
    },
    /"dsn" of "queue", an existing amqp/,
  ],
  ["fact-inside-text", reading(template`v${fact("self", "version")}`), /version inside/],
  ["template-pieces", reading({ template: ["a"], values: [fact("self", "stage")] }), /1 pieces/],
  ["password-in-text", reading("amqp://shop:hunter2@queue.example.com"), /^an address with a password in it/],
  ["password-in-text", reading(template`amqp://shop:hunter2@${fact("self", "host")}`), /^an address with a password/],
  ["secret-name", reading(secret("API_KEY")), /API_KEY/],
  [
    "secret-asked-and-generated",
    {
      ...sound,
      services: {
        ...withForeign({ reads: { KEY: secret("key", "asked") } }).services,
        payment: withService("payment", { reads: { KEY: secret("key") } }).services["payment"] as never,
      },
    },
    /"key" as generated/,
  ],
  ["file-path", withFile({ text: "" }, "etc/app.conf"), /etc/],
  ["file-path", withFile({ text: "" }, "/etc/../app.conf"), /\.\./],
  ["file-from", withFile({ from: "/home/me/app.conf" }), /home/],
  ["file-binary", withFile({ text: "a\0b" }), /zero byte/],
  ["file-size", withFile({ text: "a".repeat(2 ** 20 + 1) }), /1048577 bytes/],
  [
    "file-place",
    withForeign({ files: { "/etc/app": { text: "" }, "/etc/app/more": { text: "" } } }),
    /inside the file "\/etc\/app"/,
  ],
];
