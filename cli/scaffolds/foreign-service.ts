import { join } from "node:path";
import { projectFolder } from "../project/project-folder.ts";
import type { Scaffold } from "./scaffold.ts";
import { lookAt } from "./found/look-at.ts";
import { entryText, lines } from "./entry-text.ts";
import { requireSystem } from "./service.ts";

/** A service that nobody here wrote: its entry in the description, with what its image and its sources say. */
export async function foreignService([owner, name]: readonly string[], from: string): Promise<Scaffold> {
  const system = requireSystem(owner, name);
  const found = await lookAt(from, join(projectFolder, "systems", system));
  return {
    files: {},
    lists: [{ path: `systems/${system}/system.ts`, after: /^ {2}services: \{/, line: entryText(name ?? "", found) }],
    next: `Found:\n${lines(found.seen, "  ")}\nNot known, say it in systems/${system}/system.ts:\n${lines(found.open, "  ")}\nThe words for it: docs/bring-your-service.md. Then: npx slipway plan ${system}`,
  };
}
