/** One text out of a secret of Secrets Manager, which is JSON; null where it is not there. Says nothing of the secret: the error of a parser would quote it. */
export function secretField(secret: string, field: string): string | null {
  try {
    const value = (JSON.parse(secret) as Readonly<Record<string, unknown>>)[field];
    return typeof value === "string" && value !== "" ? value : null;
  } catch {
    return null;
  }
}
