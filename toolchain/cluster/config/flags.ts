/** Command-line flags from a table. */
export function flags(table: Readonly<Record<string, string>>): string[] {
  return Object.entries(table).map(([name, value]) => `--${name}=${value}`);
}
