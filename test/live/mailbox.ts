import assert from "node:assert/strict";
import { eventually } from "./shop.ts";
import type { Mail, Watch } from "./watch.ts";

/** Seconds until a mail must be there, and until it must say that the trouble is over: the short windows of burn rates have to pass, and tickets are collected for a minute. */
const SOON = 60;
const OVER = 120;

/** Something to break and repair, with the mail about it. */
export interface Trouble {
  readonly title: string;
  readonly subject: RegExp;
  broken(): Promise<void>;
  repair(): Promise<void>;
}

/** What is told of troubles: the mails that the watch sees. */
export class Mailbox {
  readonly #watch: Watch;

  constructor(watch: Watch) {
    this.#watch = watch;
  }

  /** The mail that came last; 0 before the first. */
  async newest(): Promise<number> {
    return (await this.#watch.mails()).at(-1)?.id ?? 0;
  }

  async since(id: number): Promise<Mail[]> {
    return (await this.#watch.mails()).filter((mail) => mail.id > id);
  }

  /** The first mail since then with such a subject; undefined while there is none, as `eventually` wants it. */
  async about(id: number, such: (subject: string) => boolean): Promise<Mail | undefined> {
    return (await this.since(id)).find(({ subject }) => such(subject));
  }

  /** Breaks everything at once, waits for each mail, repairs whatever happened, and waits for the end of each. */
  async tells(troubles: readonly Trouble[]): Promise<void> {
    const last = await this.newest();
    const told =
      (status: string, { subject }: Trouble) =>
      () =>
        this.about(last, (line) => line.startsWith(`[${status}]`) && subject.test(line));
    const outcomes = await Promise.allSettled(
      troubles.map(async (trouble) => {
        try {
          await trouble.broken();
          const began = Date.now();
          await eventually(`the mail about: ${trouble.title}`, told("FIRING", trouble), SOON);
          console.log(`      ${trouble.title}: told after ${((Date.now() - began) / 1000).toFixed(1)} s`);
        } finally {
          await trouble.repair();
        }
        const repaired = Date.now();
        await eventually(`the mail that it is over: ${trouble.title}`, told("RESOLVED", trouble), OVER);
        console.log(`      ${trouble.title}: over after ${((Date.now() - repaired) / 1000).toFixed(1)} s`);
      }),
    );
    const failed = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [String(outcome.reason)] : []));
    const mails = await this.since(last);
    assert.deepEqual(failed, [], mails.map(({ at, subject }) => `${at} ${subject}`).join("\n"));
    for (const { title, subject } of troubles) {
      const kinds = mails.filter((mail) => subject.test(mail.subject)).map((mail) => mail.subject.slice(0, 9));
      assert.deepEqual(kinds, ["[FIRING] ", "[RESOLVED"], title);
    }
  }
}
