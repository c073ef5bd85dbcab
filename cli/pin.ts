import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defineCommand } from "citty";
import { planSystem } from "../model/plan.ts";
import { programsOf } from "../stacks/images/programs.ts";
import { fileOf } from "../toolchain/roots/project.ts";
import { pinned } from "../toolchain/foreign/registry/published.ts";
import { pinImages } from "./pinning/pin-images.ts";
import { findSystem } from "./project/find-system.ts";
import { projectFolder } from "./project/project-folder.ts";
import { complain, say } from "./terminal/say.ts";

/** Writes into a description what its published images are now: a tag may move, a digest does not. Exit code 1 when one cannot be told. */
export const pin = defineCommand({
  meta: { name: "pin", description: "Write beside every published image of a system the digest that it has now" },
  args: { system: { type: "positional", required: false, description: "Name under systems/; what prod runs" } },
  async run({ args }) {
    const system = findSystem(args.system, "prod");
    const images = programsOf(planSystem(system, "prod")).flatMap(({ source }) =>
      source.kind === "image" ? [source.reference] : [],
    );
    const path = fileOf(system.name);
    const file = join(projectFolder, path);
    const { text, digests, faults } = await pinImages(readFileSync(file, "utf8"), images, pinned);
    if (digests.size > 0) writeFileSync(file, text);
    for (const [image, digest] of digests) say(`${path}: ${image}@${digest}`);
    for (const fault of faults) complain(fault);
    if (digests.size === 0 && faults.length === 0) say(`${path} names no image that may move.`);
    if (faults.length > 0) process.exitCode = 1;
  },
});
