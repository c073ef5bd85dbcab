/** The version of a contract is its content: whatever both sides check by, in any order of its fields. FNV-1a, eight hexadecimal digits. */
export function contractName(subject: string, schema: object): string {
  let hash = 0x811c9dc5;
  for (const character of canonical(schema)) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return `${subject}@${(hash >>> 0).toString(16).padStart(8, "0")}`;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  return `{${Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, one]) => `${key}:${canonical(one)}`)
    .join()}}`;
}
