/** Why something could not be read, in words for whoever named it. */
export function reasonOf(error: unknown): string {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return "no such file or folder";
  return error instanceof Error ? error.message : String(error);
}
