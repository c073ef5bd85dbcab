import type { Fault } from "../../fault.ts";
import { isDnsLabel, topicName } from "../../names.ts";
import { databaseOf, SQL_KINDS, storeTopic } from "../../plan/uses.ts";
import type { System } from "../../system.ts";
import type { ExistingStore, Store } from "../../words/store.ts";
import { list, type Path, servicesOf, unless } from "../place.ts";
import { takenNames } from "../taken.ts";
import { checkExisting } from "./existing.ts";

/** Room for what is put behind it: the migrator's "_owner", and the random part of a Kubernetes object. */
const NAME_MAX = 40;
/** Databases that a server has already. */
const OF_SERVERS = [
  "postgres",
  "template0",
  "template1",
  "rdsadmin",
  "mysql",
  "sys",
  "information_schema",
  "performance_schema",
];

/** Stores that nobody can make, find or tell apart. */
export function checkStores(system: System): Fault[] {
  const stores = Object.entries(system.stores ?? {});
  return stores.flatMap(([name, store]) => {
    const path = (field: string) => `${system.name}: stores.${name}${field}`;
    return [
      ...storeName(path(""), name, store, system),
      ...unused(path(""), name, system),
      ...("existing" in store ? checkExisting(path, store) : made(path, name, store, system)),
    ];
  });
}

function storeName(path: string, name: string, store: Store | ExistingStore, system: System): Fault[] {
  const place = { path, found: `"${name}"` };
  if (!isDnsLabel(name) || name.length > NAME_MAX)
    return [
      {
        ...place,
        kind: "store-name",
        allowed: `lower-case letters, digits and '-', first a letter, at most ${NAME_MAX}`,
        fix: "rename the store; `database` keeps the name inside the server",
      },
    ];
  const other = whoHas(name, store, system);
  return unless(other === undefined, {
    ...place,
    kind: "store-name-taken",
    found: `${place.found}, which is ${other}`,
    allowed: "a name that nobody else in this system has",
    fix: `write "${name}-store"; for a database, \`database: "${name}"\` keeps the name inside the server`,
  });
}

/** Only a Redis is pods of its own name; of everybody else only facts are asked by it. */
function whoHas(name: string, store: Store | ExistingStore, system: System): string | undefined {
  if (Object.hasOwn(system.services, name)) return "a service too";
  const pods = !("existing" in store) && store.kind === "redis";
  return takenNames(system).find((taken) => taken.name === name && (pods || name === "self"))?.by;
}

function unused(path: string, name: string, system: System): Fault[] {
  const used = servicesOf(system).some(([, { uses = {} }]) => uses[name] !== undefined);
  return unless(used, {
    kind: "store-unused",
    path,
    found: "no service that uses it",
    allowed: "at least one",
    fix: `add uses: { "${name}": { may: "write" } } to the service whose data it keeps, or remove the store`,
  });
}

function made(path: Path, name: string, store: Store, system: System): Fault[] {
  const named = store.kind === "topic" ? topic : SQL_KINDS.includes(store.kind) ? database : withoutDatabase;
  return [...named(path, name, store, system), ...onlyOf(path, store)];
}

/** Topics of a system's own events have its name in front; those of programs are called as the programs call them. */
function topic(path: Path, name: string, store: Store, system: System): Fault[] {
  const own = storeTopic(system.name, name, store);
  const others = Object.entries(system.stores ?? {}).flatMap(([other, word]) =>
    other === name || "existing" in word || word.kind !== "topic" ? [] : [storeTopic(system.name, other, word)],
  );
  const events = Object.keys(system.services).map((service) => topicName(system.name, service));
  return [
    ...unless(/^[a-zA-Z0-9][\w.-]{0,248}$/.test(own), {
      kind: "topic-name",
      path: path(".database"),
      found: `"${own}"`,
      allowed: "letters, digits and . _ -, at most 249: what Kafka takes",
      fix: "write the name that the programs know",
    }),
    ...unless(!others.includes(own) && !events.includes(own), {
      kind: "topic-twice",
      path: path(".database"),
      found: `"${own}", which another topic of this system is called too`,
      allowed: "each name once",
      fix: "let both services use one store, or name another topic",
    }),
  ];
}

function database(path: Path, name: string, store: Store, system: System): Fault[] {
  const own = databaseOf(name, store);
  const place = { path: path(".database"), found: `"${own}"` };
  if (OF_SERVERS.includes(own))
    return [
      {
        ...place,
        kind: "database-taken",
        allowed: `any name but ${OF_SERVERS.join(", ")}, which servers have already`,
        fix: "name the database after what is in it",
      },
    ];
  const first = Object.entries(system.stores ?? {}).find(
    ([other, word]) => !("existing" in word) && serverOf(word) === serverOf(store) && databaseOf(other, word) === own,
  );
  return [
    ...unless(/^[a-z][a-z0-9_]{0,55}$/.test(own), {
      ...place,
      kind: "database-name",
      allowed: "lower-case letters, digits and '_', first a letter, at most 56",
      fix: `write "${own.toLowerCase().replaceAll(/\W/g, "_").slice(0, 56)}"`,
    }),
    ...unless(first === undefined || first[0] === name, {
      ...place,
      kind: "database-twice",
      found: `${place.found}, which the store "${first?.[0]}" has too`,
      allowed: "each name once in a server",
      fix: "let both services use one store, or name another database",
    }),
  ];
}

/** MariaDB and MySQL are one server. */
function serverOf({ kind }: Store | ExistingStore): string {
  return kind === "mysql" ? "mariadb" : kind;
}

function withoutDatabase(path: Path, _: string, { kind, database: written }: Store): Fault[] {
  return unless(written === undefined, {
    kind: "database-of-kind",
    path: path(".database"),
    found: `a database of a ${kind}, which has none`,
    allowed: `only of ${list([...SQL_KINDS, "topic"])}`,
    fix: "remove it",
  });
}

function onlyOf(path: Path, { kind, extensions, partitions }: Store): Fault[] {
  const strange = extensions?.filter((extension) => !/^[a-z][a-z0-9_-]*$/.test(extension)) ?? [];
  return [
    ...unless(extensions === undefined || kind === "postgres", {
      kind: "extensions-of-kind",
      path: path(".extensions"),
      found: `extensions of a ${kind}`,
      allowed: 'only of "postgres"',
      fix: "remove them, or make it a postgres",
    }),
    ...unless(strange.length === 0, {
      kind: "extension-name",
      path: path(".extensions"),
      found: list(strange),
      allowed: 'names as CREATE EXTENSION takes them, such as "vector" or "uuid-ossp"',
      fix: "write the name that PostgreSQL lists in pg_available_extensions",
    }),
    ...unless(partitions === undefined || kind === "topic", {
      kind: "partitions-of-kind",
      path: path(".partitions"),
      found: `partitions of a ${kind}`,
      allowed: 'only of a "topic"',
      fix: "remove them",
    }),
    ...unless(partitions === undefined || (partitions >= 1 && partitions <= 100), {
      kind: "store-partitions",
      path: path(".partitions"),
      found: String(partitions),
      allowed: "1 to 100",
      fix: "write how many replicas may read it at once",
    }),
  ];
}
