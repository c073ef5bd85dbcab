import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, startSystemLab, type SystemLab, until } from "../../system-lab.ts";
import { dateCourse } from "../system.ts";

export type DateLab = SystemLab<keyof typeof dateCourse.services>;

/** Starts the services on the kit; throws NotInstalled where broker or database cannot be had. */
export const startLab = (): Promise<DateLab> => startSystemLab(dateCourse);

/** A course whose date is over. */
export const COURSE = {
  title: "Han river at night",
  content: "Ramen by the water, then the fountain bridge",
  uploader: "Lee",
  date: "2026-05-01T10:00:00Z",
  reviewWriteYn: "Y",
};

export const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

/** The lab as hosts and customers use it. */
export class LabCourses {
  readonly #lab: DateLab;

  constructor(lab: DateLab) {
    this.#lab = lab;
  }

  /** Offers a course and waits until it can be marked everywhere; answers its id. */
  async offer(body: object = COURSE): Promise<string> {
    const { status, body: made } = await this.#lab.request("schedule", "POST", "/schedules", body);
    assert.equal(status, 201, JSON.stringify(made));
    const id = String(made["scheduleId"]);
    await until("the view shows the course", async () => (await this.view(id)).status === 200);
    await until("communication knows the course", async () => (await this.mark("DELETE", "like", id, "x")) === 200);
    return id;
  }

  view(id: string): Promise<Answer> {
    return this.#lab.request("viewpage", "GET", `/scheduleViews/${id}`);
  }

  /** Likes or bookmarks a course, or takes that back, again when it is told to try later; answers the status. */
  async mark(method: "PUT" | "DELETE", kind: "like" | "bookmark", id: string, customer: string): Promise<number> {
    const path = `/communications/${kind}s/${id}/${customer}`;
    const { status, retryAfter } = await this.#lab.request("communication", method, path);
    if (retryAfter === null) return status;
    await sleep(Number(retryAfter) * 1000);
    return this.mark(method, kind, id, customer);
  }

  review(id: string, customerId = "kim", reviewComment = "It was lovely"): Promise<Answer> {
    return this.#lab.request("review", "POST", "/reviews", { scheduleId: id, customerId, reviewComment });
  }

  comment(id: string, customerId = "kim", headers: Record<string, string> = {}): Promise<Answer> {
    const body = { scheduleId: id, customerId, commentDesc: "May I bring my dog?" };
    return this.#lab.request("communication", "POST", "/communications/comments", body, headers);
  }

  /** Waits until course and view count so many comments, bookmarks, likes and reviews. */
  async counts(id: string, wanted: readonly number[]): Promise<void> {
    const seen = async () => {
      const rows = [(await this.#lab.request("schedule", "GET", `/schedules/${id}`)).body, (await this.view(id)).body];
      return rows.map((row) => ["commentCnt", "bookmarkCnt", "likeCnt", "reviewCnt"].map((name) => row[name]));
    };
    let last: unknown;
    const same = async () => JSON.stringify((last = await seen())) === JSON.stringify([wanted, wanted]);
    await until("course and view count the same", same, 20_000).catch(() => undefined);
    assert.deepEqual(last, [wanted, wanted]); // not what is seen a moment later, when more may have come
  }

  async messages(customer: string): Promise<unknown[]> {
    const { body } = await this.#lab.request("message", "GET", `/messages?customerId=${customer}`);
    return body.items.map(({ bookmarkYn, text }) => `${String(bookmarkYn)} ${String(text)}`).toReversed();
  }
}
