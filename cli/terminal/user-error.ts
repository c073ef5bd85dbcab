/** Something the user can mend: the message says where, what was found, what is allowed and what to do. No stack is shown. */
export class UserError extends Error {
  /** 1 when the work failed, 2 when the input was wrong. */
  readonly exitCode: 1 | 2;

  constructor(message: string, exitCode: 1 | 2 = 2) {
    super(message);
    this.name = "UserError";
    this.exitCode = exitCode;
  }
}
