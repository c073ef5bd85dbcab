import { cpSync } from "node:fs";
import { join } from "node:path";
import type { Launched } from "../live/launched.ts";

const SYSTEM = "systems/workshop/system.ts";

/** Brings the workshop to a copy of the project as somebody would who has programs of their own: a folder, and a line in the list. */
export function bringWorkshop(launched: Launched): void {
  cpSync(join(import.meta.dirname, "workshop"), join(launched.folder, "systems/workshop"), { recursive: true });
  launched.edit(SYSTEM, "../../../model/system.ts", "../../model/system.ts");
  launched.edit(SYSTEM, "../../../model/words/value.ts", "../../model/words/value.ts");
  launched.edit("systems/index.ts", /^/, 'import { workshop } from "./workshop/system.ts";\n');
  launched.edit("systems/index.ts", "  fishdelivery,", "  fishdelivery,\n  workshop,");
}
