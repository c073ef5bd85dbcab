import type { Answer, Health } from "../../words/answer.ts";
import type { Source } from "../../words/source.ts";
import type { File, Value } from "../../words/value.ts";
import { choice, decimal, either, flag, group, list, optional, sentence, table, text, whole } from "../shape.ts";
import type { Agrees, Proof } from "../told.ts";
import { declined } from "./promise.ts";

export const source = either(
  group({
    build: text("./orders"),
    dockerfile: optional(text("docker/Dockerfile")),
    target: optional(text("release")),
    args: optional(table("VERSION", text("3"))),
  }),
  group({ image: text("nginx:1.29") }),
  group({ make: text("mvn jib:build -Dimage={reference}"), watches: list(text("src/**")) }),
  group({ kit: text("services/order.ts") }),
);

export const answer = group({
  protocol: choice("http", "grpc", "tcp"),
  listens: whole(8080),
  known: optional(whole(80)),
  open: optional(sentence("why its answers stay open")),
});

export const health = either(
  choice("kit", "spring", "aspnet", "grpc"),
  group({
    ready: text("/ready"),
    alive: text("/alive"),
    port: optional(whole(8080)),
    headers: optional(table("Cookie", text("probe=1"))),
  }),
  group({ command: list(text("pg_isready")) }),
  group({ connects: sentence("why it can tell no more") }),
  declined,
);

const secret = group({ secret: text("stripe-key"), onDev: optional(choice("generated", "asked")) });

const fact = group({
  of: text("orders-db"),
  fact: choice(
    "host",
    "port",
    "address",
    "url",
    "name",
    "user",
    "password",
    "dsn",
    "jdbc",
    "brokers",
    "topic",
    "group",
    "topics",
    "auth",
    "publicUrl",
    "system",
    "service",
    "stage",
    "version",
    "replica",
    "namespace",
    "traces",
  ),
});

const composed = group({ template: list(text("postgres://")), values: list(either(fact, secret)) });

export const value = either(text("info"), decimal(1), flag, secret, fact, composed);

export const file = either(group({ text: text("a=1") }), group({ from: text("app.conf") }), secret);

export type Agreed = [
  Proof<Agrees<typeof source, Source>>,
  Proof<Agrees<typeof answer, Answer>>,
  Proof<Agrees<typeof health, Health>>,
  Proof<Agrees<typeof value, Value>>,
  Proof<Agrees<typeof file, File>>,
];
