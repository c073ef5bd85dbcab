/** How the engine writes a day of a YAML file that stands there without quotes. */
const DAY = /^(\d{4}-\d{2}-\d{2}) 00:00:00 \+0000 UTC$/;

/** A setting of a stack as it was written: the engine hands everything over as JSON, or as a bare word. */
export function parsedSetting(text: string): unknown {
  try {
    return JSON.parse(text, (_, value: unknown) => (typeof value === "string" ? value.replace(DAY, "$1") : value));
  } catch {
    return text;
  }
}
