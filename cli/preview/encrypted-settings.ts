import { readAwsSettings } from "../../components/aws/settings/read-settings.ts";
import { InvalidSettings } from "../../components/aws/settings/setting.ts";

/** Stands for what no check has a form for. */
const UNREAD = "plan-only";
/** An example may ask for another: a certificate's for one of the region, zones for brokers. */
const ROUNDS = 4;

/**
 * Puts a value that the checks allow where an encrypted one cannot be read without its passphrase: the very value that they advise
 * whoever has a wrong one, so that what is allowed stands with the checks only.
 */
export function withoutEncrypted(
  config: Readonly<Record<string, unknown>>,
  today = new Date().toISOString().slice(0, 10),
): Record<string, unknown> {
  const encrypted = encryptedKeys(config);
  let settings: Record<string, unknown> = {
    ...config,
    ...Object.fromEntries(encrypted.map((key) => [key, UNREAD])),
  };
  for (let round = 0; round < ROUNDS && encrypted.length > 0; round += 1) {
    const advised = adviceOn(settings, today).filter(([key]) => encrypted.includes(key));
    settings = { ...settings, ...Object.fromEntries(advised) };
  }
  return settings;
}

/** Settings that nobody reads without the stack's key. */
export function encryptedKeys(config: Readonly<Record<string, unknown>>): string[] {
  return Object.keys(config).filter((key) => isEncrypted(config[key]));
}

/** Values that the checks advise, by key. */
function adviceOn(
  settings: Readonly<Record<string, unknown>>,
  today: string,
): (readonly [key: string, value: string])[] {
  const asEngine = Object.entries(settings).map(([key, value]): [string, string] => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  try {
    readAwsSettings(Object.fromEntries(asEngine), [], today);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidSettings)) throw error;
    return error.problems.flatMap((problem) => ("example" in problem ? [[problem.key, problem.example] as const] : []));
  }
}

/** As the engine writes it, alone or inside a list or an object. */
function isEncrypted(value: unknown): boolean {
  return typeof value === "object" && value !== null && ("secure" in value || Object.values(value).some(isEncrypted));
}
