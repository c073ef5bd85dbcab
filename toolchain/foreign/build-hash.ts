import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { own } from "../../model/harmless/own.ts";
import { baseName, fullName } from "./bases/base-name.ts";
import { localBase } from "./bases/answer.ts";
import type { LocalBase } from "./bases/local-bases.ts";
import { localBaseHash } from "./bases/make-base.ts";
import { type MirrorTable, mirrored } from "./bases/mirror-table.ts";
import { contextFiles } from "./context-files.ts";
import { ignoredOf } from "./dockerfile/ignored.ts";
import { imagesNamed, stagesOf } from "./dockerfile/stages.ts";
import { dockerfileOf, type ForeignBuild } from "./foreign-build.ts";

/** Raised when images are built differently from the same inputs. */
const BUILDER_VERSION = "1";

/**
 * Hash of everything that goes into an image: the context as .dockerignore leaves it, the Dockerfile, target, arguments and bases. It names a base
 * and what would stand in for it, never which of them was used, so that a plan made where registries answer fits a machine where none does.
 */
export function hashOf(build: ForeignBuild, local: readonly LocalBase[], table: MirrorTable): string {
  const file = dockerfileOf(build);
  const text = readFileSync(file, "utf8");
  const bases = imagesNamed(stagesOf(text, build.args), build.target).map((name) => baseLine(name, local, table));
  const inputs = [
    BUILDER_VERSION,
    JSON.stringify([text, build.target ?? "", Object.entries(build.args ?? {}).toSorted()]),
    ...bases,
    ...contextFiles(build.context, ignoredOf(build.context, file)),
  ];
  return createHash("sha256").update(inputs.join("\n")).digest("hex").slice(0, 16);
}

/** Where a layout lies does not matter, what it holds does; and a mirror of a whole registry has the very same images. */
function baseLine(text: string, local: readonly LocalBase[], table: MirrorTable): string {
  const name = baseName(text);
  if (name === undefined) return text;
  const base = localBase(name, local);
  const mapped = own(table, fullName(name)) === undefined ? undefined : mirrored(table, name);
  const source = mapped?.kind === "layout" ? mapped.digest : mapped?.kind === "image" ? mapped.reference : "";
  return [fullName(name), source, base === undefined ? "" : localBaseHash(base)].join(" ");
}
