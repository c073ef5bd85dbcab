import type { Fault } from "../../fault.ts";
import { isDnsLabel } from "../../names.ts";
import { secretsOf } from "../../plan/secrets.ts";
import type { System } from "../../system.ts";
import { at, list, servicesOf, unless } from "../place.ts";

interface Mention {
  readonly secret: string;
  readonly onDev: "generated" | "asked";
  readonly path: string;
}

/** Secrets whose names nobody could look up, and those that one asks for and another lets be made up. */
export function checkSecrets(system: System): Fault[] {
  const mentions = mentionsOf(system);
  const names = [...new Set(mentions.map(({ secret }) => secret))];
  return names.flatMap((secret) => {
    const own = mentions.filter((mention) => mention.secret === secret);
    return [...spelled(secret, own), ...agreed(secret, own)];
  });
}

function mentionsOf(system: System): Mention[] {
  const inParts = servicesOf(system).flatMap(([name, part]) =>
    secretsOf(part).map(({ secret, onDev = "generated" }) => ({ secret, onDev, path: at(system, name, "reads") })),
  );
  const inStores = Object.entries(system.stores ?? {}).flatMap(([name, store]) =>
    "existing" in store && store.password !== undefined
      ? [{ secret: store.password, onDev: "asked" as const, path: `${system.name}: stores.${name}.password` }]
      : [],
  );
  return [...inParts, ...inStores];
}

function spelled(secret: string, [first]: readonly Mention[]): Fault[] {
  return unless(isDnsLabel(secret), {
    kind: "secret-name",
    path: first?.path ?? "",
    found: `"${secret}"`,
    allowed: "lower-case letters, digits and '-', first a letter, at most 63",
    fix: `write "${
      secret
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, "-")
        .replaceAll(/^[-0-9]+|-+$/g, "") || "api-key"
    }"`,
  });
}

/** What somebody else gave cannot be made up for another reader. */
function agreed(secret: string, mentions: readonly Mention[]): Fault[] {
  const asked = mentions.filter(({ onDev }) => onDev === "asked");
  const generated = mentions.filter(({ onDev }) => onDev === "generated");
  return unless(asked.length === 0 || generated.length === 0, {
    kind: "secret-asked-and-generated",
    path: generated[0]?.path ?? "",
    found: `"${secret}" as generated, while ${list([...new Set(asked.map(({ path }) => path))])} asks for it`,
    allowed: "one of the two for all who read it",
    fix: `write secret("${secret}", "asked") everywhere, or give them two names`,
  });
}
