import { clusterTools } from "./cluster-tools.ts";
import { engineTools } from "./engine-tools.ts";
import { imageTools } from "./image-tools.ts";
import { testTools } from "./test-tools.ts";

/** Every tool set: where it comes from, what it costs. `slipway doctor` prints this table. */
export const toolSets = { ...engineTools, ...clusterTools, ...imageTools, ...testTools } as const;

export type ToolSetName = keyof typeof toolSets;
/** Every tool that `resolve` knows. */
export type ToolName = { [S in ToolSetName]: keyof (typeof toolSets)[S]["tools"] & string }[ToolSetName];
