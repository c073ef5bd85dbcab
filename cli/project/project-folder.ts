import { join } from "node:path";
import { PROJECT } from "../../toolchain/roots/project.ts";
import { SHIPPED } from "../../toolchain/roots/shipped.ts";

/** Folder of the project that the command works on: where Pulumi.yaml is. */
export const projectFolder = PROJECT;

/** The pack that judges every preview and update of a project. */
export const policyPack = join(SHIPPED, "policies");
