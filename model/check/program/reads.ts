import type { Fault } from "../../fault.ts";
import type { System } from "../../system.ts";
import { isDeclined } from "../../words/declined.ts";
import type { AnyPart } from "../../words/service.ts";
import type { Composed, FactOf, SecretValue, Value } from "../../words/value.ts";
import { at, servicesOf, unless } from "../place.ts";
import { isVariableName } from "../spellings.ts";
import { checkFact, type FactReader } from "./facts.ts";

interface Variable {
  readonly name: string;
  readonly path: string;
  readonly value: Value;
}

/** Variables that no program could ask for, and values that nobody could fill in. */
export function checkReads(system: System): Fault[] {
  return servicesOf(system).flatMap(([name, part]) => {
    const reader = { system, name, part };
    return [...variablesOf(reader).flatMap((variable) => checkVariable(reader, variable)), ...settings(reader)];
  });
}

function variablesOf({ system, name, part }: FactReader): Variable[] {
  const written = (field: string, reads: Readonly<Record<string, Value>> = {}) =>
    Object.entries(reads).map(([variable, value]) => ({
      name: variable,
      path: at(system, name, `${field}.${variable}`),
      value,
    }));
  const beside = Object.entries(part.beside ?? {});
  return [
    ...written("reads", part.reads),
    ...beside.flatMap(([program, { reads }]) => written(`beside.${program}.reads`, reads)),
  ];
}

function checkVariable(reader: FactReader, { name, path, value }: Variable): Fault[] {
  return [
    ...variableName(path, name),
    ...openPassword(path, value),
    ...(typeof value === "object" ? checkValue(reader, path, value) : []),
  ];
}

/** An address with a password in it would stand in the plan, in a ConfigMap and in every diff; no message repeats it. */
function openPassword(path: string, value: Value): Fault[] {
  const texts = typeof value === "object" ? ("template" in value ? value.template : []) : [String(value)];
  return unless(!texts.some((text) => /:\/\/[^\s/:@]*:[^\s/@]+@/.test(text)), {
    kind: "password-in-text",
    path,
    found: "an address with a password in it, readable for everybody",
    allowed: "addresses whose password is a secret or a fact of a store",
    fix: 'write template`amqp://shop:${secret("queue-password", "asked")}@…`, or the fact "dsn" of the store',
  });
}

function variableName(path: string, name: string): Fault[] {
  return unless(isVariableName(name), {
    kind: "variable-name",
    path,
    found: `"${name}"`,
    allowed: "letters, digits and '_', first no digit: what every language can ask its environment for",
    fix: `write ${
      name
        .replaceAll(/\W/g, "_")
        .replace(/^(?=\d)/, "_")
        .toUpperCase() || "a name"
    }, as most frameworks spell it`,
  });
}

function checkValue(reader: FactReader, path: string, value: SecretValue | FactOf | Composed): Fault[] {
  if ("secret" in value) return [];
  if (!("template" in value)) return checkFact(reader, path, value);
  const facts = value.values.filter((one): one is FactOf => "of" in one);
  return [
    ...facts.flatMap((fact) => checkFact(reader, path, fact)),
    ...facts.flatMap((fact) => ofPod(path, fact)),
    ...unless(value.template.length === value.values.length + 1, {
      kind: "template-pieces",
      path,
      found: `${value.template.length} pieces of text around ${value.values.length} values`,
      allowed: "one piece more than values",
      fix: "write it with `template`, which counts them",
    }),
  ];
}

/** Which build runs and in which replica is known to the pod alone, which hands it on as it is. */
function ofPod(path: string, { of, fact }: FactOf): Fault[] {
  return unless(of !== "self" || (fact !== "version" && fact !== "replica"), {
    kind: "fact-inside-text",
    path,
    found: `the ${fact} inside other text`,
    allowed: `the ${fact} as the whole value of a variable`,
    fix: `give it a variable of its own: fact("self", "${fact}"), and let the program put them together`,
  });
}

/** Variables under `keptBy`; what stands under `reads` too would win. */
function settings({ system, name, part }: FactReader): Fault[] {
  return Object.entries(part.calls ?? {}).flatMap(([callee, call]) => {
    if (typeof call?.keptBy !== "object" || isDeclined(call.keptBy)) return [];
    return Object.keys(call.keptBy.settings).flatMap((variable) => {
      const path = at(system, name, `calls.${callee}.keptBy.settings.${variable}`);
      return [...variableName(path, variable), ...twice(path, variable, callee, part)];
    });
  });
}

function twice(path: string, variable: string, callee: string, { reads = {}, calls = {} }: AnyPart): Fault[] {
  const other = Object.keys(calls).find((one) => {
    const keptBy = calls[one]?.keptBy;
    return one < callee && typeof keptBy === "object" && "settings" in keptBy && variable in keptBy.settings;
  });
  return unless(!Object.hasOwn(reads, variable) && other === undefined, {
    kind: "variable-twice",
    path,
    found: `${variable}, which ${other === undefined ? "`reads`" : `the call of ${other}`} sets too`,
    allowed: "each variable once",
    fix: "remove one of them",
  });
}
