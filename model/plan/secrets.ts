import type { System } from "../system.ts";
import type { AnyPart } from "../words/service.ts";
import type { SecretValue } from "../words/value.ts";

/** A secret of a system. Its value is in no plan. */
export interface SecretPlan {
  readonly name: string;
  /** "generated" where nobody outside has to know it; "asked" as soon as one reader says so. */
  readonly onDev: "generated" | "asked";
  /** Who reads it: services and stores. */
  readonly readers: readonly string[];
}

/** Every secret that a description names, each once. */
export function planSecrets({ services, stores = {} }: System): SecretPlan[] {
  const mentions = [
    ...Object.entries(services).flatMap(([reader, part]) => secretsOf(part).map((secret) => ({ reader, ...secret }))),
    ...Object.entries(stores).flatMap(([reader, store]) =>
      "existing" in store && store.password !== undefined
        ? [{ reader, secret: store.password, onDev: "asked" as const }]
        : [],
    ),
  ];
  return [...Map.groupBy(mentions, ({ secret }) => secret)].map(([name, readings]) => ({
    name,
    onDev: readings.some(({ onDev }) => onDev === "asked") ? "asked" : "generated",
    readers: [...new Set(readings.map(({ reader }) => reader))],
  }));
}

/** Secrets in the variables and files of a part, and of the programs beside it. */
export function secretsOf({ reads = {}, files = {}, beside = {} }: AnyPart): SecretValue[] {
  const values = [reads, ...Object.values(beside).map((program) => program.reads ?? {})].flatMap(Object.values);
  const inside = values.flatMap((value) => (typeof value === "object" && "values" in value ? value.values : [value]));
  return [...inside, ...Object.values(files)].filter(
    (value): value is SecretValue => typeof value === "object" && "secret" in value,
  );
}
