import { appendFileSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import type { Mail } from "./mail.ts";

/** A file that has grown to this many bytes is written anew with the mails that are still kept. */
const MOST_BYTES = 8 * 2 ** 20;

/** Mails on disk, a line each, appended as they come. A disk that fails costs the mails of the next start, nothing now. */
export class MailFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Every mail that can be read; a line that was cut off by a crash is left out. */
  read(): Mail[] {
    return this.#text()
      .split("\n")
      .flatMap((line) => mailIn(line) ?? []);
  }

  keep(mail: Mail, all: readonly Mail[]): void {
    try {
      appendFileSync(this.#path, `\n${JSON.stringify(mail)}\n`); // the first line end closes a line that was cut off
      if (statSync(this.#path).size > MOST_BYTES) this.#rewrite(all);
    } catch (error) {
      console.error(JSON.stringify({ level: "error", msg: "a mail is not on disk", error: String(error) }));
    }
  }

  #rewrite(mails: readonly Mail[]): void {
    const draft = `${this.#path}.new`;
    writeFileSync(
      draft,
      mails
        .toReversed()
        .map((mail) => `${JSON.stringify(mail)}\n`)
        .join(""),
    );
    renameSync(draft, this.#path);
  }

  #text(): string {
    try {
      return statSync(this.#path).size > 2 * MOST_BYTES ? "" : readFileSync(this.#path, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT")
        console.error(
          JSON.stringify({ level: "error", msg: "the mails on disk cannot be read", error: String(error) }),
        );
      return "";
    }
  }
}

function mailIn(line: string): Mail | undefined {
  try {
    const mail = JSON.parse(line) as Partial<Mail> | null;
    const texts = [mail?.at, mail?.from, mail?.subject, mail?.text, ...(mail?.to ?? [])];
    const whole =
      Number.isSafeInteger(mail?.id) && Array.isArray(mail?.to) && texts.every((it) => typeof it === "string");
    return whole ? (mail as Mail) : undefined;
  } catch {
    return undefined;
  }
}
