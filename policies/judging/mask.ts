/** No finding ever shows a secret, whichever rule wrote it. */

import type { Problem } from "./rule.ts";
import { isSecretName, secretNamesOfText } from "./secret-names.ts";
import { isNamedSecret } from "./secrets.ts";
import type { Resource } from "../resources/resource.ts";

/** Property names of resources that hold secrets; narrower, because `topologyKey` is none. */
const SECRET_PROPERTY = /password$|passwd$|^secret$|secretString|^token$|privateKey|accessKey$/i;

const HIDDEN = "••••";

/** The same text with every secret of some resources blotted out. */
export function blot(text: string, resources: readonly Resource[]): string {
  return without(secretsIn(resources), text);
}

function secretsIn(resources: readonly Resource[]): string[] {
  return [...new Set(resources)].flatMap(secretsOf).sort((a, b) => b.length - a.length); // longest first, so that no part stays
}

function without(secrets: readonly string[], text: string): string {
  return secrets.reduce((masked, secret) => withoutOne(secret, masked), text);
}

/** Replaces a secret where it stands as a whole: in the middle of a word only what nobody could write as one. */
function withoutOne(secret: string, text: string): string {
  if (!text.includes(secret)) return text;
  if (!/^[A-Za-z]+$/.test(secret)) return text.replaceAll(secret, HIDDEN);
  let masked = "";
  let from = 0;
  for (let at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + secret.length)) {
    const whole = !/[A-Za-z0-9]/.test(text[at - 1] ?? "") && !/[A-Za-z0-9]/.test(text[at + secret.length] ?? "");
    masked += text.slice(from, at) + (whole ? HIDDEN : secret);
    from = at + secret.length;
  }
  return masked + text.slice(from);
}

/** The same problem with every secret of some resources blotted out. */
export function mask<T extends Problem>(problem: T, resources: readonly Resource[]): T {
  if (resources.length === 0) return problem;
  const secrets = secretsIn(resources);
  const clean = (text: string): string => without(secrets, text);
  const note = problem.note === undefined ? {} : { note: clean(problem.note) };
  return { ...problem, found: clean(problem.found), wanted: clean(problem.wanted), ...note };
}

/** Whether there is anything to blot out; most resources hold no secret. */
export function holdsSecret(resource: Resource): boolean {
  return secretsOf(resource).length > 0;
}

const known = new WeakMap<Resource, string[]>();

function secretsOf(resource: Resource): string[] {
  let secrets = known.get(resource);
  if (!secrets) {
    const found = new Set<string>();
    collect(resource.props, "", resource.kind === "Secret", found);
    secrets = [...found];
    known.set(resource, secrets);
  }
  return secrets;
}

function collect(value: unknown, name: string, isSecret: boolean, found: Set<string>): void {
  if (typeof value === "string") {
    if (isSecret || SECRET_PROPERTY.test(name)) add(value, found);
    for (const match of value.matchAll(/:\/\/[^\s/:@]*:([^\s/@]+)@/g)) if (match[1]) add(match[1], found);
    if (!value.includes("=")) return;
    const holdsOne = secretNamesOfText();
    for (const [, key = "", secret = ""] of value.matchAll(/(?<![\w.-])([\w.-]+)=["']?([^\s"'&;]+)/g))
      if (holdsOne(key)) add(secret, found);
    return;
  }
  if (typeof value !== "object" || value === null) return;
  const entries = entriesOf(value);
  const map = MAPS.has(name);
  const list = Array.isArray(value);
  for (let index = 0; index < entries.length; index += 1) {
    const [key, inner] = entries[index]!;
    const label =
      typeof inner !== "string"
        ? ""
        : map
          ? key
          : list
            ? optionBefore(entries[index - 1]?.[1])
            : key === "value"
              ? nameBeside(entries)
              : "";
    const holdsSecret =
      label !== "" &&
      typeof inner === "string" &&
      (isOption(label) ? isSecretName(label) : isNamedSecret(label, inner));
    collect(inner, key, holdsSecret || (isSecret && (map || typeof inner === "object") && key !== "metadata"), found);
  }
}

const MAPS: ReadonlySet<string> = new Set(["data", "stringData", "annotations"]);

const isOption = (label: string): boolean => label.startsWith("-");

/** The option that a command takes a text for, as in `--token abc`. */
function optionBefore(argument: unknown): string {
  return typeof argument === "string" && argument.startsWith("-") ? argument : "";
}

/** The name of the environment variable that a text is the value of. */
function nameBeside(entries: readonly (readonly [string, unknown])[]): string {
  const name = entries.find(([key]) => key === "name")?.[1];
  return typeof name === "string" ? name : "";
}

function add(secret: string, found: Set<string>): void {
  if (secret.length < 4) return; // shorter ones would blot out ordinary words
  found.add(secret);
  if (/^[A-Za-z0-9+/]{8,}={0,2}$/.test(secret)) {
    const decoded = Buffer.from(secret, "base64").toString("utf8").trim();
    if (decoded.length >= 4 && !decoded.includes("�")) found.add(decoded);
  }
}

function entriesOf(value: object): [string, unknown][] {
  return Object.keys(value).flatMap((key): [string, unknown][] => {
    try {
      return [[key, (value as Record<string, unknown>)[key]]];
    } catch {
      return []; // unknown values hold no known secret
    }
  });
}
