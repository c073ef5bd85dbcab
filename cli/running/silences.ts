import type { Silence } from "../../monitors/silence.ts";
import { UserError } from "../terminal/user-error.ts";

/** A silence that Alertmanager keeps. */
export interface KeptSilence extends Silence {
  readonly id: string;
  readonly status: { readonly state: "active" | "pending" | "expired" };
}

/** The silences of one Alertmanager; several of them share theirs. */
export class Silences {
  readonly #url: string;

  constructor(alertmanager: string) {
    this.#url = `${alertmanager}/api/v2`;
  }

  /** Begins a silence and answers its id. */
  async add(silence: Silence): Promise<string> {
    const { silenceID } = (await this.#ask("POST", "/silences", silence)) as { silenceID: string };
    return silenceID;
  }

  /** Those that hold now or will, the first to end first. */
  async standing(): Promise<KeptSilence[]> {
    const all = (await this.#ask("GET", "/silences")) as KeptSilence[];
    return all.filter(({ status }) => status.state !== "expired").toSorted((a, b) => a.endsAt.localeCompare(b.endsAt));
  }

  /** Ends a silence before its time. */
  async expire(id: string): Promise<void> {
    const known = await this.standing();
    if (!known.some((silence) => silence.id === id)) {
      throw new UserError(
        `slipway silence: no silence "${id}" holds; there are: ${known.map((silence) => silence.id).join(", ") || "none"}.`,
      );
    }
    await this.#ask("DELETE", `/silence/${id}`);
  }

  async #ask(method: string, path: string, body?: object): Promise<unknown> {
    const payload = body ? { body: JSON.stringify(body), headers: { "content-type": "application/json" } } : {};
    const answer = await fetch(this.#url + path, { method, ...payload, signal: AbortSignal.timeout(10_000) });
    const text = await answer.text();
    if (!answer.ok) throw new UserError(`slipway silence: Alertmanager answered ${answer.status}: ${text.trim()}`, 1);
    return text === "" ? null : JSON.parse(text);
  }
}

/** One line for people: until when, what, who and why. */
export function describeSilence({ id, matchers, endsAt, createdBy, comment }: KeptSilence): string {
  const what = matchers.map(({ value }) => value).join("/");
  return `${id}  until ${endsAt.slice(0, 16).replace("T", " ")} UTC  ${what}  ${createdBy}: ${comment}`;
}
