import { localHost } from "../../model/names.ts";
import type { SystemPlan } from "../../model/plan.ts";

/** Every public address of a system whose entry answers at `url`: a path once, whatever methods it takes, under the host name it is for. */
export function publicPages(
  { name, stage, entry }: Pick<SystemPlan, "name" | "stage" | "entry">,
  url: string,
): string[] {
  const pages = (entry?.routes ?? []).map(({ path, host }) => {
    const page = new URL(path, url);
    if (host !== null) page.hostname = stage === "prod" ? `${host}-${page.hostname}` : `${host}.${localHost(name)}`;
    return page.href;
  });
  return [...new Set(pages)];
}
