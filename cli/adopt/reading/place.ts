/** Where in somebody's files something stands. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/** `compose.yaml:12`, as editors open it. */
export function placeText({ file, line }: Place): string {
  return `${file}:${line}`;
}

/** Something that stands there, for whoever reads the description. */
export interface Note {
  readonly at: Place;
  readonly text: string;
}

/** What stops the work; all of it is said at once. */
export class Problems {
  readonly all: string[] = [];

  add(at: Place, text: string): void {
    const line = `${placeText(at)}: ${text}`;
    if (!this.all.includes(line)) this.all.push(line);
  }
}
