import type { Mailbox } from "./mailbox.ts";

const PERSON = { from: "heartbeat@slipway.local", to: ["whoever is on call"] };

/** How long the first beat of all may take: Prometheus and Alertmanager may start later than this receiver. */
const FIRST_MS = 600_000;

/**
 * Stands for the receiver outside the cluster: it hears the heartbeat of the alerting and raises the alarm itself
 * when the heartbeat stops. One message when it stops, one when it is back.
 */
export class Heartbeat {
  readonly #mailbox: Mailbox;
  readonly #patienceMs: number;
  #heard = false;
  #last: number;
  #missing = false;

  constructor(mailbox: Mailbox, patienceSeconds: number, now = Date.now()) {
    this.#mailbox = mailbox;
    this.#patienceMs = patienceSeconds * 1000;
    this.#last = now;
  }

  /** ISO time of the last beat. */
  get last(): string {
    return new Date(this.#last).toISOString();
  }

  beat(now = Date.now()): void {
    this.#last = now;
    this.#heard = true;
    if (!this.#missing) return;
    this.#missing = false;
    this.#mailbox.add({
      ...PERSON,
      subject: "[RESOLVED] page: The alerting works again",
      text: "The heartbeat is back.",
    });
  }

  /** Called every few seconds. */
  check(now = Date.now()): void {
    if (this.#missing || now - this.#last < (this.#heard ? this.#patienceMs : Math.max(this.#patienceMs, FIRST_MS)))
      return;
    this.#missing = true;
    this.#mailbox.add({
      ...PERSON,
      subject: "[FIRING] page: The alerting is silent",
      text: `No heartbeat for ${this.#patienceMs / 1000} seconds: Prometheus, Alertmanager or the way between is down.\nFaults go unnoticed.\nWhat to do: docs/runbooks/watchdog.md`,
    });
  }
}
