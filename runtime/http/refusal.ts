/** An expected refusal of a request: its status, a word for programs, a sentence for people. */
export class Refusal extends Error {
  readonly status: number;
  readonly error: string;
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, error: string, message: string, retryAfterSeconds?: number) {
    super(message);
    this.status = status;
    this.error = error;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The thing asked for does not exist. */
export const notFound = (what: string) => new Refusal(404, "not_found", `There is no such ${what}.`);

/** The thing is in a state that does not allow this. */
export const conflict = (message: string) => new Refusal(409, "conflict", message);

/** We cannot do it now; the client should try again after the given seconds. */
export const unavailable = (message: string, retryAfterSeconds: number) =>
  new Refusal(503, "unavailable", message, retryAfterSeconds);
