/** One mail as it arrived. */
export interface Mail {
  readonly id: number;
  /** ISO time of arrival. */
  readonly at: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
}

/** The newest mails; older ones are forgotten. */
export class Mailbox {
  readonly #mails: Mail[] = [];
  readonly #most: number;
  #next = 1;

  constructor(most = 500) {
    this.#most = most;
  }

  add(mail: Omit<Mail, "id" | "at">, now = new Date()): Mail {
    const kept = { ...mail, id: this.#next++, at: now.toISOString() };
    this.#mails.unshift(kept);
    this.#mails.length = Math.min(this.#mails.length, this.#most);
    return kept;
  }

  /** Newest first. */
  all(): readonly Mail[] {
    return this.#mails;
  }

  find(id: number): Mail | undefined {
    return this.#mails.find((mail) => mail.id === id);
  }
}
