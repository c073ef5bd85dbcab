/** Sends one request through the public entry and returns the parsed answer. */
export type Send = (
  method: string,
  path: string,
  body?: object,
) => Promise<{ readonly status: number; readonly body: unknown }>;

/** The event with which the first flow ends well. */
export const LAST_EVENT = "ReviewRegistered";

const CUSTOMER = "kim";
const COURSE = {
  title: "Han river at night",
  content: "Ramen by the water, then the fountain bridge",
  uploader: "Lee",
  date: "2026-05-01T10:00:00Z",
  reviewWriteYn: "Y",
};
/** How long one step may take: a cold consumer needs a rebalance first. */
const STEP_TIMEOUT_MS = 60_000;

/** Five requests to try by hand. */
export function requestsToTry(entry: string, scheduleId: string): string[] {
  const json = "-H 'content-type: application/json' -d";
  const review = { scheduleId, customerId: CUSTOMER, reviewComment: "Once more, please" };
  return [
    `curl -s ${entry}/scheduleViews/${scheduleId}`,
    `curl -s -X POST ${entry}/schedules ${json} '${JSON.stringify({ ...COURSE, date: "2099-05-01T10:00:00Z" })}'`,
    `curl -s -X PUT ${entry}/communications/likes/${scheduleId}/park`,
    `curl -s -X POST ${entry}/reviews ${json} '${JSON.stringify(review)}'`,
    `curl -s '${entry}/messages?customerId=${CUSTOMER}'`,
  ];
}

/** Offers one course, and has a customer bookmark, like, discuss and review it until the view counts all of that; returns its id. */
export async function reviewCourse(send: Send, offered: (scheduleId: string) => void): Promise<string> {
  const scheduleId = await untilDone(send, "the course to be accepted", "POST", "/schedules", COURSE, "scheduleId");
  offered(scheduleId);
  const said = { scheduleId, customerId: CUSTOMER };
  // Communication hears of the course a moment later; until then there is none for it.
  for (const kind of ["bookmarks", "likes"])
    await untilDone(send, `${kind} to count`, "PUT", `/communications/${kind}/${scheduleId}/${CUSTOMER}`);
  const comment = { ...said, commentDesc: "May I bring my dog?" };
  await untilDone(send, "the comment to be taken", "POST", "/communications/comments", comment);
  await untilDone(send, "the review to be taken", "POST", "/reviews", { ...said, reviewComment: "It was lovely" });
  await until("the view to count everything", async () => {
    const view = (await send("GET", `/scheduleViews/${scheduleId}`)).body as Record<string, unknown>;
    const counted = ["commentCnt", "bookmarkCnt", "likeCnt", "reviewCnt"].every((counter) => view[counter] === 1);
    return counted ? true : undefined;
  });
  return scheduleId;
}

/** Repeats a request while others are still starting or have not heard yet; answers one field of what it made. */
function untilDone(send: Send, what: string, method: string, path: string, body?: object, field = ""): Promise<string> {
  return until(what, async () => {
    const { status, body: made } = await send(method, path, body);
    if (status === 404 || status === 429 || status >= 500) return undefined;
    if (status >= 300) throw new Error(`${method} ${path} answered ${status}: ${JSON.stringify(made)}`);
    return String((made as Record<string, unknown>)[field]);
  });
}

async function until<T>(what: string, probe: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + STEP_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const value = await probe();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`waited ${STEP_TIMEOUT_MS / 1000} s for ${what}`);
}
