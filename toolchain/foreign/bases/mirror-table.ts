import { readFileSync } from "node:fs";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { parse } from "yaml";
import { own } from "../../../model/harmless/own.ts";
import { PROJECT } from "../../roots/project.ts";
import type { BaseSource } from "../buildkit/solve.ts";
import { BuildFault } from "../build-fault.ts";
import { type BaseName, baseName, fullName } from "./base-name.ts";
import { layoutDigest } from "./layout-of.ts";

/** What this machine takes instead of images of registries that it cannot reach; not in git. */
export const MIRROR_TABLE = ".slipway/bases.yaml";

/** A name in full, or the beginning of many that ends in "/" → `oci-layout:FOLDER`, or what replaces it in another registry. */
export type MirrorTable = Readonly<Record<string, string>>;

/** Reads the table; an empty one when there is none. All that is wrong with it is told at once. */
export function readMirrorTable(file = join(PROJECT, MIRROR_TABLE)): MirrorTable {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return {};
  }
  const table: unknown = parse(text) ?? {};
  const faults = faultsOf(table);
  if (faults.length > 0)
    throw new BuildFault(
      `${file}:\n${faults.map((fault) => `  ${fault}`).join("\n")}`,
      "write lines such as `docker.io/library/python:3.12-slim: oci-layout:/srv/images/python` or `docker.io/: mirror.example.com/docker-hub/`",
    );
  const folder = dirname(dirname(file));
  return Object.fromEntries(
    Object.entries(table as MirrorTable).map(([name, source]) => [name, absolute(source, folder)]),
  );
}

function faultsOf(table: unknown): string[] {
  if (typeof table !== "object" || table === null || Array.isArray(table))
    return ["it is no list of names with what answers them"];
  return Object.entries(table).flatMap(([name, source]) => {
    const spelled = baseName(name);
    if (typeof source !== "string") return [`${name}: what answers it is no text`];
    if (name.endsWith("/"))
      return source.endsWith("/") ? [] : [`${name}: "${source}" does not end in "/", as the name does`];
    if (spelled === undefined) return [`"${name}" is no name of an image`];
    if (fullName(spelled) !== name) return [`"${name}" is not in full: write ${fullName(spelled)}`];
    return source.startsWith("oci-layout:") || baseName(source) !== undefined
      ? []
      : [`${name}: "${source}" is neither "oci-layout:FOLDER" nor the name of an image`];
  });
}

function absolute(source: string, folder: string): string {
  const path = /^oci-layout:(.*)$/.exec(source)?.[1];
  return path === undefined ? source : `oci-layout:${isAbsolute(path) ? path : resolve(folder, path)}`;
}

/** What the table has for a name: a line of its own, else the longest beginning. */
export function mirrored(table: MirrorTable, name: BaseName): BaseSource | undefined {
  const full = fullName(name);
  const exact = own(table, full);
  if (exact !== undefined) {
    const folder = /^oci-layout:(.*)$/.exec(exact)?.[1];
    if (folder === undefined) return { kind: "image", reference: exact };
    return { kind: "layout", folder, digest: layoutDigest(folder) };
  }
  const beginnings = Object.keys(table).filter((key) => key.endsWith("/") && full.startsWith(key));
  const longest = beginnings.toSorted((a, b) => b.length - a.length)[0];
  if (longest === undefined) return undefined;
  return { kind: "image", reference: `${table[longest]}${full.slice(longest.length)}` };
}
