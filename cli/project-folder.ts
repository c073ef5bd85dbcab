import { fileURLToPath } from "node:url";

/** Folder of this project: where Pulumi.yaml is. */
export const projectFolder = fileURLToPath(new URL("..", import.meta.url));
