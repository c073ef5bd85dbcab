import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { CHECKLIST } from "../reporting/checklist.ts";
import { CHECKED_RULES, CHECK_NAMES, rulesFor } from "../cases/checks.ts";
import { policyPages } from "./docs.ts";
import { PROOFS, type Proof } from "./proofs.ts";
import { RULES } from "../rules.ts";

/** Faults of form, which belong to no item. */
const FORMAL = ["no-services", "event-name", "declined-reason", "unknown-word", "unknown-choice", "wrong-type"];
const project = new URL("../../", import.meta.url);

describe("the list of rules", () => {
  it("has a number and a name for each rule, once", () => {
    for (const field of ["id", "number"] as const)
      assert.equal(new Set(RULES.map((rule) => rule[field])).size, RULES.length);
  });

  it("holds every cross-resource check from X01 to X29", () => {
    const numbers = new Set(RULES.map(({ number }) => number));
    assert.deepEqual(
      Array.from({ length: 29 }, (_, index) => `X${String(index + 1).padStart(2, "0")}`).filter(
        (number) => !numbers.has(number),
      ),
      [],
    );
  });

  it("gives every rule a fix that is TypeScript", () => {
    const parses = (text: string): boolean => {
      try {
        return stripTypeScriptTypes(text) !== "";
      } catch {
        return false;
      }
    };
    const wrong = RULES.filter(({ fix }) => ![fix, `({ ${fix} \n})`, `(${fix}\n)`].some(parses)); // statements, properties, or a value
    assert.deepEqual(
      wrong.map(({ id, fix }) => `${id}: ${fix}`),
      [],
    );
  });

  it("answers every name under which labelled cases ask", () => {
    assert.deepEqual(
      CHECK_NAMES.filter((name) => rulesFor(name).length === 0),
      [],
    );
    assert.deepEqual(
      [...CHECKED_RULES].filter((id) => !RULES.some((rule) => rule.id === id)),
      [],
    );
  });
});

describe("the checklist", () => {
  it("has at least one rule for each item, and says which test shows it or that none does yet", () => {
    const numbers = Array.from({ length: 40 }, (_, index) => index + 1);
    assert.deepEqual(
      CHECKLIST.map(({ number }) => number),
      numbers,
    );
    assert.deepEqual(
      numbers.filter((number) => !RULES.some(({ items }) => items.includes(number))),
      [],
    );
    assert.deepEqual(Object.keys(PROOFS).map(Number), numbers);
    assert.deepEqual(
      Object.entries(PROOFS).filter(([, { by, missing }]) => by.length === 0 && missing === undefined),
      [],
    );
  });

  it("names tests that exist", () => {
    const pattern = (title: string): RegExp =>
      new RegExp(
        `\\bit\\(["\`]${title
          .split("…")
          .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
          .join("\\$\\{[^}]+\\}")}["\`]`,
      );
    const exists = ({ file, title }: Proof): boolean =>
      existsSync(new URL(file, project)) &&
      (title === undefined || pattern(title).test(readFileSync(new URL(file, project), "utf8")));
    assert.deepEqual(
      Object.values(PROOFS)
        .flatMap(({ by }) => by)
        .filter((proof) => !exists(proof)),
      [],
    );
    assert.equal(exists({ file: "test/live/starting.ts", title: "comes up with one command" }), false); // no part of a title
  });

  it("names faults that descriptions are really refused for", () => {
    const sources = ["model/check/", "model/structure/"]
      .flatMap((folder) =>
        readdirSync(new URL(folder, project), { recursive: true, encoding: "utf8" }).map(
          (file) => new URL(folder + file, project),
        ),
      )
      .filter(({ pathname }) => pathname.endsWith(".ts") && !/\.test\.ts$|\/cases\//.test(pathname))
      .map((file) => readFileSync(file, "utf8"))
      .join("\n");
    assert.deepEqual(
      CHECKLIST.flatMap(({ faults }) => faults).filter((fault) => !sources.includes(`"${fault}"`)),
      [],
    );
    const held = new Set(CHECKLIST.flatMap(({ faults }) => faults));
    const kinds = [...sources.matchAll(/kind: "([a-z-]+)"/g)].map(([, kind = ""]) => kind);
    assert.deepEqual(
      kinds.filter((kind) => !held.has(kind) && !FORMAL.includes(kind)),
      [],
    );
  });
});

describe("the pages about the rules", () => {
  it("are what the rules say; `npm run generate` prints them again", () => {
    const stale = policyPages().filter(({ path, content }) => readFileSync(new URL(path, project), "utf8") !== content);
    assert.deepEqual(
      stale.map(({ path }) => path),
      [],
    );
  });
});
