import { baseName } from "../../../toolchain/foreign/bases/base-name.ts";
import type { Program, Told } from "../program.ts";
import { KNOWN_IMAGES, type KnownImage } from "./known.ts";

/** What a program is, by its image, by what it is built from, or by variables that only the image of a store takes. */
export function recognised(program: Program): KnownImage | undefined {
  const name = baseName(program.base);
  const last = name?.repository.split("/").at(-1) ?? program.base.split("/").at(-1)?.split(":")[0] ?? "";
  const byName = KNOWN_IMAGES.find(({ images }) => images.test(last));
  // "server" alone is Microsoft's only below its own name.
  if (byName !== undefined && (last !== "server" || /mssql/.test(program.base))) return byName;
  return byVariables(program);
}

/** An image of somebody's own, made of a store's: its variables and the port are those of the store. */
function byVariables({ name: own, aliases, variables, ports }: Program): KnownImage | undefined {
  const names = new Set(variables.map(({ name }) => name));
  // Its own address, which its clients share with it, asks nobody.
  const isOwn = (told: Told) => [own, ...aliases].some((name) => plainText(told)?.includes(name));
  const asked = variables.filter(({ name, told }) => /(_|^)(HOST|ADDR|URL|URI|JDBC_URL)$/.test(name) && !isOwn(told));
  return KNOWN_IMAGES.find(({ database = [], password = [], port }) => {
    const tells = [...database, ...password].filter((name) => names.has(name));
    return (
      port !== undefined && tells.length > 0 && asked.length === 0 && ports.some(({ listens }) => listens === port)
    );
  });
}

/** What a store is told of one thing, by the first of its variables that says it. */
export function toldOf(program: Program, names: readonly string[] | undefined): Told | undefined {
  const found = names?.map((name) => program.variables.find((variable) => variable.name === name));
  return found?.find((variable) => variable !== undefined)?.told;
}

/** The text of what is told, where there is one. */
export function plainText(told: Told | undefined): string | undefined {
  if (told === undefined) return undefined;
  if ("text" in told) return told.text;
  return "secret" in told ? told.hidden : undefined;
}

/** Whether two programs are told the same: one text, one secret, or one variable that nobody sets. */
export function sameTold(a: Told | undefined, b: Told | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  if ("secret" in a && "secret" in b && a.secret === b.secret) return true;
  if ("missing" in a && "missing" in b) return a.missing === b.missing;
  const text = plainText(a);
  return text !== undefined && text !== "" && text === plainText(b);
}
