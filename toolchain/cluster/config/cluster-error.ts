/** A failure the user can act on; the message says place, found, wanted and next step. */
export class ClusterError extends Error {
  /** 1: something failed; 2: the input was wrong and nothing was done. */
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 1) {
    super(message);
    this.name = "ClusterError";
    this.exitCode = exitCode;
  }
}
