import { factsOfStore } from "../../../model/check/stores/facts.ts";
import type { Store } from "../../../model/words/store.ts";
import type { Fact } from "../../../model/words/value.ts";
import { stemOf } from "../edges/database-in.ts";
import type { Edge, Read } from "../edges/graph.ts";
import type { Mention } from "../edges/mentions.ts";
import type { Program } from "../program.ts";
import type { StoreFound } from "../stores/found.ts";
import { sameTold, toldOf } from "../stores/recognise.ts";
import { factCode } from "./code.ts";
import type { Reader } from "./reader.ts";
import type { Span } from "./spans.ts";
import { storeWord } from "./store-words.ts";

/** How the service uses the stores of one program. */
export function usesOf({ vertex }: Reader, program: Program): readonly Edge<StoreFound>[] {
  return vertex.uses.filter(({ to }) => to.program === program);
}

function has(store: StoreFound, fact: Fact): boolean {
  return factsOfStore({ keeps: "nothing", ...storeWord(store) } as Store).includes(fact);
}

/** Endings by which variables beside that of a host are named. */
const ENDINGS: readonly (readonly [Fact, RegExp])[] = [
  ["user", /^(DB_?)?(USER|USERNAME|USER_NAME|LOGIN)$/],
  ["password", /^(DB_?)?(PASSWORD|PASS|PWD|PASSWD)$/],
  ["name", /^(NAME|DATABASE|DB|DBNAME|DB_NAME|DATABASE_NAME|SCHEMA)$/],
  ["port", /^PORT$/],
];

/** A variable that says one thing about a store: told as the store itself is, or named beside the variable of its host. */
export function ofStore(reader: Reader, read: Read) {
  const { variable, mentions } = read;
  if (mentions.length > 0) return undefined;
  const told = reader.vertex.uses.flatMap(({ to }) => {
    const { known, program } = to;
    const facts: readonly (readonly [Fact, readonly string[] | undefined, RegExp])[] = [
      ["user", known.user, /USER|LOGIN/i],
      ["password", known.password, /PASS|PWD|SECRET/i],
      ["name", known.database, /DB|DATABASE|NAME|SCHEMA/i],
    ];
    return facts
      .filter(([, names, pattern]) => pattern.test(variable.name) && sameTold(variable.told, toldOf(program, names)))
      .map(([fact]) => ({ store: to, fact }));
  });
  const [first] = [...besideHost(reader, read), ...told].filter(({ store, fact }) => has(store, fact));
  return first && factCode(first.store.name, first.fact);
}

function besideHost(reader: Reader, { variable, text }: Read): { store: StoreFound; fact: Fact }[] {
  return reader.vertex.reads.flatMap((other) =>
    other.mentions.flatMap(({ program }) => {
      const stem = stemOf(other.variable.name);
      const own = variable.name.toUpperCase();
      const end =
        stem !== "" && own.startsWith(stem) && own !== other.variable.name.toUpperCase() ? own.slice(stem.length) : "";
      const fact = ENDINGS.find(([, pattern]) => pattern.test(end))?.[0];
      const [use] = usesOf(reader, program);
      if (fact === undefined || use === undefined) return [];
      const isPort = fact !== "port" || text === String(use.to.known.port);
      return isPort ? [{ store: use.to, fact }] : [];
    }),
  );
}

/** Schemes by which drivers know a kind of store. */
const NATIVE: Readonly<Record<string, RegExp>> = {
  postgres: /^postgres(ql)?$/,
  mysql: /^(mysql|mariadb)$/,
  mariadb: /^(mysql|mariadb)$/,
  redis: /^redis$/,
  mongodb: /^mongodb$/,
  amqp: /^amqp$/,
};

/** What an address of a store becomes: the fact in the spelling of its driver, or host and port. */
export function ofUse(store: StoreFound, text: string, mention: Mention): Span[] {
  const { from, start, end, scheme = "", login, port } = mention;
  const rest = text.slice(end);
  const whole = from === 0 && !rest.includes(",") && !/\s/.test(rest);
  const make = (fact: Fact, first: number, last: number): Span[] =>
    has(store, fact) ? [{ start: first, end: last, leaf: factCode(store.name, fact) }] : [];
  if (store.kind === "topic") return make("brokers", start, onlyAddresses(text) ? text.length : end);
  if (whole && scheme.startsWith("jdbc:")) return make("jdbc", 0, text.length);
  const isNative = NATIVE[store.kind]?.test(scheme) === true;
  if (whole && isNative && login && has(store, "dsn")) return make("dsn", 0, text.length);
  if (whole && isNative && !login && store.kind === "redis" && /^\/?$/.test(rest)) return make("url", 0, text.length);
  return make(port === undefined ? "host" : "address", start, end);
}

/** `a:9092,b:9092` is one list of brokers. */
function onlyAddresses(text: string): boolean {
  return /^([\w.-]+:\d+)(,[\w.-]+:\d+)*$/.test(text);
}

const LOGIN = /:\/\/([^\s/:@]*):([^\s/@]*)@/;

/** Login and database of a store inside an address or a connection string. */
export function credentials(reader: Reader, read: Read): Span[] {
  const [mention] = read.mentions;
  const [use] = mention === undefined ? [] : usesOf(reader, mention.program);
  if (use === undefined || use.to.kind === "topic") return [];
  const found: (readonly [Fact, RegExp])[] = [
    ["password", /(?:^|[\s;,&?])(?:password|pwd)\s*=\s*([^;\s&]+)/i],
    ["user", /(?:^|[\s;,&?])(?:user id|userid|uid|username|user)\s*=\s*([^;\s&]+)/i],
    ["name", /(?:^|[\s;,&?])(?:dbname|database|initial catalog)\s*=\s*([^;\s&]+)/i],
    ["user", LOGIN],
    ["password", /:\/\/[^\s/:@]*:([^\s/@]+)@/],
    ["user", /^([^\s:@/]+):[^\s@/]*@tcp\(/],
    ["password", /^[^\s:@/]+:([^\s@/]+)@tcp\(/],
    ["name", /@tcp\([^)]*\)\/([\w-]+)/],
  ];
  return found.flatMap(([fact, pattern]) => {
    const match = new RegExp(pattern.source, `${pattern.flags}d`).exec(read.text);
    const place = match?.indices?.[1];
    return place === undefined || place[0] === place[1] || !has(use.to, fact)
      ? []
      : [{ start: place[0], end: place[1], leaf: factCode(use.to.name, fact) }];
  });
}
