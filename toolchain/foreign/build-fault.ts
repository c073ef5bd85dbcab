/** An image of others cannot be had: says what was found and how to mend it. The caller puts the name of the service before it. */
export class BuildFault extends Error {
  constructor(found: string, next: string) {
    super(`${found}${found.includes("\n") ? "" : "."}\nNext: ${next}.`);
    this.name = "BuildFault";
  }
}
