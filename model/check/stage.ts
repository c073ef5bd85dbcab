import type { Fault } from "../fault.ts";
import type { Stage } from "../stage.ts";
import type { System } from "../system.ts";
import { servicesOf, unless } from "./place.ts";
import { sourcesOf } from "./program/source.ts";

/** What is right as such, and wrong on this stage: on prod what can become another program by itself. */
export function checkStage(system: System, stage: Stage): Fault[] {
  return stage === "prod" ? movingImages(system) : [];
}

function movingImages(system: System): Fault[] {
  return servicesOf(system).flatMap(([name, part]) =>
    sourcesOf(system, name, part).flatMap(({ path, source }) =>
      "image" in source ? moving(system.name, path(".image"), source.image) : [],
    ),
  );
}

function moving(system: string, path: string, reference: string): Fault[] {
  return unless(reference.includes("@sha256:"), {
    kind: "moving-image",
    path,
    found: `"${reference}", whose tag can be moved to another image`,
    allowed: "an image with its digest: name:tag@sha256:…",
    fix: `npx slipway pin ${system}, which writes the digest behind it`,
  });
}
