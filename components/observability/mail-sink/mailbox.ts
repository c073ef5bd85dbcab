import { bounded, type Mail, sizeOf } from "./mail.ts";
import type { MailFile } from "./mail-file.ts";

/** What is kept of all mails together, in mails and in characters; `bounded` says how much of one. */
const MOST = { mails: 500, characters: 4 * 2 ** 20 } as const;

/** The newest mails; older ones are forgotten. With a file they are still there after a restart. */
export class Mailbox {
  readonly #mails: Mail[];
  readonly #most: number;
  readonly #file: MailFile | null;
  #next: number;

  constructor(file: MailFile | null = null, most: number = MOST.mails) {
    this.#file = file;
    this.#most = most;
    this.#mails = (file?.read() ?? []).map(bounded).toSorted((a, b) => b.id - a.id);
    this.#next = (this.#mails[0]?.id ?? 0) + 1;
    this.#forget();
  }

  add(mail: Omit<Mail, "id" | "at">, now = new Date()): Mail {
    const kept = bounded({ ...mail, id: this.#next++, at: now.toISOString() });
    this.#mails.unshift(kept);
    this.#forget();
    this.#file?.keep(kept, this.#mails);
    return kept;
  }

  /** Newest first. */
  all(): readonly Mail[] {
    return this.#mails;
  }

  find(id: number): Mail | undefined {
    return this.#mails.find((mail) => mail.id === id);
  }

  #forget(): void {
    let room: number = MOST.characters;
    const end = this.#mails.findIndex((mail, index) => index >= this.#most || (room -= sizeOf(mail)) < 0);
    if (end >= 0) this.#mails.length = end;
  }
}
