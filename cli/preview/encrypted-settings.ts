import { own } from "../../model/harmless/own.ts";
import { readAwsSettings } from "../../components/aws/settings/read-settings.ts";

/** Stands for what no check has a form for. */
const UNREAD = "plan-only";
/** The one setting whose checks advise a command, not a value; any public address is allowed. */
const WITHOUT_EXAMPLE: Readonly<Record<string, string>> = { "slipway:publicCidrs": "8.8.8.8/32" };
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
    ...Object.fromEntries(encrypted.map((key) => [key, own(WITHOUT_EXAMPLE, key) ?? UNREAD])),
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

/** Commands that the checks advise, by key. */
function adviceOn(
  settings: Readonly<Record<string, unknown>>,
  today: string,
): (readonly [key: string, value: string])[] {
  try {
    readAwsSettings(
      Object.fromEntries(
        Object.entries(settings).map(([key, value]) => [
          key,
          typeof value === "string" ? value : JSON.stringify(value),
        ]),
      ),
      [],
      today,
    );
    return [];
  } catch (error) {
    const advice = (error as Error).message.matchAll(/Fix: pulumi config set (\S+) (?:'(.*)'|(\S+)) -s prod$/gm);
    return [...advice].map(([, key = "", inQuotes, plain = ""]) => [key, inQuotes ?? plain]);
  }
}

/** As the engine writes it, alone or inside a list or an object. */
function isEncrypted(value: unknown): boolean {
  return typeof value === "object" && value !== null && ("secure" in value || Object.values(value).some(isEncrypted));
}
