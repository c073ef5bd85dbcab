import { docker } from "../image-build/image-docker.ts";
import { ARCHITECTURE } from "../machine/machine.ts";
import type { Step } from "../machine/progress.ts";
import { baseName } from "./bases/base-name.ts";
import { mirrored, type MirrorTable, readMirrorTable } from "./bases/mirror-table.ts";
import { BuildLog } from "./buildkit/build-log.ts";
import { readFileSync } from "node:fs";
import { imagesNamed, stagesOf } from "./dockerfile/stages.ts";
import { dockerfileOf, type ForeignBuild } from "./foreign-build.ts";

/** Builds a Dockerfile of others on the user's Docker engine, which keeps the image. Bases that the machine's table names come from there. */
export async function buildForeignWithDocker(build: ForeignBuild, reference: string, step: Step): Promise<void> {
  const log = new BuildLog();
  const onLine = (line: string) => {
    log.read(line);
    step.raw(line);
  };
  await docker(dockerArguments(build, reference, readMirrorTable()), { onLine }).catch((error: unknown) => {
    throw log.fault(dockerfileOf(build)) ?? error;
  });
}

/** Arguments of `docker`, for this machine's processor. */
export function dockerArguments(build: ForeignBuild, reference: string, table: MirrorTable): string[] {
  const file = dockerfileOf(build);
  const { context, target, args = {} } = build;
  const names = imagesNamed(stagesOf(readFileSync(file, "utf8"), args), target);
  const contexts = names.flatMap((text) => {
    const name = baseName(text);
    const source = name === undefined ? undefined : mirrored(table, name);
    if (source?.kind === "image") return ["--build-context", `${text}=docker-image://${source.reference}`];
    return source?.kind === "layout"
      ? ["--build-context", `${text}=oci-layout://${source.folder}@${source.digest}`]
      : [];
  });
  return [
    ...[
      "buildx",
      "build",
      "--load",
      "--provenance=false",
      "--progress",
      "plain",
      "--platform",
      `linux/${ARCHITECTURE}`,
    ],
    ...["--tag", reference, "--file", file, ...contexts],
    ...(target === undefined ? [] : ["--target", target]),
    ...Object.entries(args).flatMap(([name, value]) => ["--build-arg", `${name}=${value}`]),
    context,
  ];
}
