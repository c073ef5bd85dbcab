import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Folder of this project: where Pulumi.yaml is. */
export const projectFolder = fileURLToPath(new URL("../..", import.meta.url));

/** The pack that judges every preview and update of this project. */
export const policyPack = join(projectFolder, "policies");
