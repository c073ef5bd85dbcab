import type { StoreAddress } from "../components/existing-stores.ts";
import { visible } from "../model/harmless/visible.ts";
import type { SystemPlan } from "../model/plan.ts";
import { settingsFile, writeSetting } from "../model/setting-fix.ts";
import { type Settings, STORES } from "./settings.ts";

/** Addresses of stores that are there already, from the stack's settings. Throws with every one that is missing or malformed, before anything is registered. */
export function existingAddresses(
  plans: readonly SystemPlan[],
  { stores }: Pick<Settings, "stores">,
  stack: string,
): (setting: string) => StoreAddress {
  const wanted = plans.flatMap(({ name, existingStores }) =>
    existingStores.map((store) => ({ system: name, ...store })),
  );
  const found = new Map(wanted.map(({ setting }) => [setting, parseAddress(stores[setting] ?? "")]));
  const faults = wanted
    .filter(({ setting }) => found.get(setting) === undefined)
    .map(({ system, name, kind, setting }) => {
      const written = stores[setting];
      const value = written === undefined ? "nothing" : `"${visible(written)}"`;
      return `  ${STORES}${setting}: found ${value}, allowed: host:port of the ${visible(kind)} that ${system} calls "${name}". Fix: ${writeSetting(settingsFile(stack), STORES + setting, `${name}.example.com:443`)}, with its own address`;
    });
  if (faults.length > 0)
    throw new Error(["existing stores have no address; nothing was deployed:", ...faults].join("\n"));
  return (setting) => {
    const address = found.get(setting);
    if (!address) throw new Error(`no existing store names the setting "${setting}"`);
    return address;
  };
}

function parseAddress(text: string): StoreAddress | undefined {
  const [, host, digits] = /^([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  return host !== undefined && port >= 1 && port <= 65_535 ? { host, port } : undefined;
}
