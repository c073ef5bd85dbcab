/** A committed file that is printed from the code. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}
