import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { staysInside } from "../../../model/check/spellings.ts";
import type { Mounted } from "../mounted.ts";
import type { Laid } from "../program.ts";
import { get, items, type Node, textOf, textsOf } from "../reading/node.ts";
import type { Note } from "../reading/place.ts";
import { shownPath } from "../reading/shown-path.ts";
import { labelOf } from "../writing/label.ts";

interface Mount {
  readonly type: "volume" | "bind" | "tmpfs";
  readonly source: string;
  readonly target: string;
  readonly node: Node;
}

/** Reads `volumes` and `tmpfs`; `description` is the folder from which files are named. */
export function mountedBy(service: Node, description: string): Mounted {
  const mounts = new Map(items(get(service, "volumes")).map((node) => [mountOf(node).target, mountOf(node)] as const));
  const [first, ...others] = [...mounts.values()].filter(({ type }) => type === "volume");
  const bound = [...mounts.values()].filter(({ type }) => type === "bind").map((mount) => laid(mount, description));
  const memory = [...mounts.values()].filter(({ type }) => type === "tmpfs").map(({ target }) => target);
  const writes = [...memory, ...textsOf(get(service, "tmpfs")).map((text) => text.split(":")[0] ?? "")];
  return {
    ...(first !== undefined && { folder: { path: first.target } }),
    files: bound.flatMap(({ files }) => files),
    written: bound.flatMap(({ files }) =>
      files.flatMap(({ path, file, at, content }) => ("secret" in file ? [] : [{ what: path, text: content, at }])),
    ),
    writes: [...new Set(writes)].filter((path) => path !== "/tmp" && !path.startsWith("/tmp/")),
    notes: [
      ...others.map(({ node, source, target }) => ({
        at: node.at,
        text: `volume ${source === "" ? "" : `${source}:`}${target}: a second folder that outlives the pod; one can have one`,
      })),
      ...bound.flatMap(({ notes }) => notes),
    ],
  };
}

function mountOf(node: Node): Mount {
  if (node.value instanceof Map) {
    const [type = "volume", source = "", target = ""] = ["type", "source", "target"].map((key) =>
      textOf(get(node, key)),
    );
    return { type: type === "bind" || type === "tmpfs" ? type : "volume", source, target, node };
  }
  const parts = (textOf(node) ?? "").split(":");
  const [source = "", target] = parts.length === 1 ? ["", parts[0]] : parts;
  return { type: /^[/~.]/.test(source) ? "bind" : "volume", source, target: target ?? "", node };
}

/** A folder of settings with more in it is no folder of settings. */
const MOST = { files: 10, bytes: 200 * 1024 };

interface LaidText extends Laid {
  readonly content: string;
}

function laid({ source, target, node }: Mount, description: string): { files: LaidText[]; notes: Note[] } {
  const not = (why: string) => ({
    files: [],
    notes: [{ at: node.at, text: `mount ${shownPath(source)}:${target} ${why}` }],
  });
  if (target.includes("docker-entrypoint-initdb.d"))
    return not("is not carried over: nothing runs it; `migration` of the service that owns the tables does such work");
  if (/\.sock$/.test(source)) return not("is not carried over: no program here may ask its machine");
  if (!existsSync(source)) return not("is not carried over: it is not there");
  const isFolder = statSync(source).isDirectory();
  if (isFolder && !/^\/(etc|config|conf)\b|\.d$/.test(target))
    return not("is not carried over: what a program needs is in its image");
  const names = isFolder ? readdirSync(source).toSorted() : [""];
  const paths = names.map((name) => ({ from: join(source, name), to: name === "" ? target : join(target, name) }));
  const isSettings = paths.length <= MOST.files && paths.every(({ from }) => isText(from));
  if (!isSettings) return not("is not carried over: it is no text file of settings, nor a few of them");
  if (!staysInside(relative(description, source)))
    return not(
      `is not carried over: it lies outside the folder of the description; move it below ${shownPath(description)}`,
    );
  return { files: paths.map(({ from, to }) => laidText(from, to, relative(description, from), node)), notes: [] };
}

/** Whoever has a private key in a file beside the description keeps it elsewhere from now on. */
function laidText(from: string, path: string, near: string, { at }: Node): LaidText {
  const content = readFileSync(from, "utf8");
  const isKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(content);
  return { path, at, content, file: isKey ? { secret: labelOf(basename(from)) } : { from: near } };
}

function isText(path: string): boolean {
  const { size } = statSync(path);
  return statSync(path).isFile() && size <= MOST.bytes && !readFileSync(path, "utf8").includes("\0");
}
