import { nearest } from "./nearest.ts";

/** A plain scalar that every reader of YAML takes for text: no number, no sign with a meaning. */
const PLAIN = /^[a-z](?:[\w./@+-]|:(?=\S)|,[ ]?(?=\S))*$/i;
/** Words that some readers of YAML take for true, false or nothing. */
const NO_TEXT = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

/** The file with the settings of a stack; it is there before the stack is, so what it should say can be written at any time. */
export function settingsFile(stack: string): string {
  return `Pulumi.${stack}.yaml`;
}

/** A line of that file: `slipway:brokers: "4"`. */
export function settingLine(key: string, value: string): string {
  return `\`${key}: ${PLAIN.test(value) && !NO_TEXT.test(value) ? value : JSON.stringify(value)}\``;
}

/** The step that gives a setting a value. */
export function writeSetting(file: string, key: string, value: string): string {
  return `write ${settingLine(key, value)} below config in ${file}`;
}

/** The step that gives a misspelt setting its name; its value stays. */
export function renameSetting(file: string, wrong: string, key: string): string {
  return `did you mean ${key}? Write \`${key}\` instead of \`${wrong}\` in ${file}`;
}

/** The step that takes a setting away. */
export function removeSetting(file: string, key: string): string {
  return `remove \`${key}\` from ${file}`;
}

/** The setting that was meant by one that nobody reads; null where none is near, or the near one is written as well. */
export function misspelt(
  key: string,
  known: readonly string[],
  config: Readonly<Record<string, unknown>>,
): string | null {
  const [space = ""] = key.split(":");
  const prefix = `${space}:`;
  const names = known.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  const meant = prefix + (nearest(key.slice(prefix.length), names) ?? "");
  return meant === prefix || Object.hasOwn(config, meant) ? null : meant;
}
