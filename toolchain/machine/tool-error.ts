/** A tool cannot be had: says what was tried, what came of it and what to do next. */
export class ToolError extends Error {
  constructor(found: string, next: string) {
    super(`${found}\nNext: ${next}`);
    this.name = "ToolError";
  }
}
