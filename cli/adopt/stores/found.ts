import type { Program } from "../program.ts";
import { plainText, toldOf } from "./recognise.ts";
import type { KnownImage } from "./known.ts";

/** One store of the description. */
export interface StoreFound {
  readonly name: string;
  /** The program that holds it in the files. */
  readonly program: Program;
  readonly known: KnownImage;
  readonly kind: string;
  /** True where Slipway makes none of the kind, and only reaches it. */
  readonly existing: boolean;
  /** Database in the server, or the name of a topic, where the programs know one. */
  readonly database?: string;
}

/** Databases that a server has already, so that nobody's data is meant. */
const OF_SERVERS = ["postgres", "mysql", "admin", "test", "template1"];
const DATABASE = /^[a-z][a-z0-9_]{0,55}$/;

/** Collects the stores that programs use, each database and each topic once. */
export class Stores {
  readonly #found = new Map<string, StoreFound>();
  readonly #taken: Set<string>;

  constructor(taken: readonly string[]) {
    this.#taken = new Set(taken);
  }

  get all(): readonly StoreFound[] {
    return [...this.#found.values()];
  }

  /** The store of a program with this database in it; `own` is the name of the program in the description. */
  database(program: Program, known: KnownImage, own: string, asked: string | undefined): StoreFound {
    const first = plainText(toldOf(program, known.database));
    const sql = "made" in known.as && known.as.made !== "redis";
    const database = sql ? (this.#usable(asked) ?? this.#usable(first)) : (asked ?? first);
    const key = `${program.name}\0${sql ? (database ?? "") : ""}`;
    const there = this.#found.get(key);
    if (there !== undefined) return there;
    const isFree = ![...this.#found.values()].some((store) => store.name === own);
    const name = isFree ? own : this.#free(`${own}-${(database ?? "data").replaceAll("_", "-")}`);
    const kind = "made" in known.as ? known.as.made : "existing" in known.as ? known.as.existing : "kafka";
    const named = database !== undefined && (sql || !("made" in known.as)) && !OF_SERVERS.includes(database);
    return this.#add(key, { name, program, known, kind, existing: !("made" in known.as), ...(named && { database }) });
  }

  topic(program: Program, known: KnownImage, topic: string): StoreFound {
    const key = `${program.name}\0topic\0${topic}`;
    const label =
      topic
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, "-")
        .replaceAll(/^[-0-9]+|-+$/g, "") || "topic";
    return (
      this.#found.get(key) ??
      this.#add(key, {
        name: this.#free(this.#taken.has(label) ? `${label}-topic` : label),
        program,
        known,
        kind: "topic",
        existing: false,
        database: topic,
      })
    );
  }

  #usable(database: string | undefined): string | undefined {
    return database !== undefined && DATABASE.test(database) && !OF_SERVERS.includes(database) ? database : undefined;
  }

  #add(key: string, store: StoreFound): StoreFound {
    this.#found.set(key, store);
    this.#taken.add(store.name);
    return store;
  }

  #free(label: string): string {
    const short = label.slice(0, 36).replace(/-+$/, "");
    let name = short;
    for (let count = 2; this.#taken.has(name); count += 1) name = `${short}-${count}`;
    return name;
  }
}
