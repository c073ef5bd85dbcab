import assert from "node:assert/strict";
import { reviewCourse } from "../../../systems/date-course/demo.ts";
import { during, startLoad } from "../light-load.ts";
import type { Running } from "../running.ts";
import { eventually, type Reply } from "../shop.ts";

const COURSE = { title: "Namsan", content: "Cable car", uploader: "Lee", reviewWriteYn: "Y" };
const PAST = "2026-05-01T10:00:00Z";

/** Flows of date-course on a running cluster, through its public entry. */
export function dateCourseFlows(running: () => Running): void {
  const send = (method: string, path: string, body?: object) => running().shop.send(method, path, body);
  const offer = async (date = PAST): Promise<string> => {
    const { status, body } = await send("POST", "/schedules", { ...COURSE, date });
    assert.equal(status, 201, JSON.stringify(body));
    const id = String(body["scheduleId"]);
    await answers("communication to know the course", 200, () => send("DELETE", like(id, "nobody")));
    return id;
  };
  const like = (id: string, customer: string) => `/communications/likes/${id}/${customer}`;
  const review = (id: string) =>
    send("POST", "/reviews", { scheduleId: id, customerId: "kim", reviewComment: "It was lovely" });
  const likes = async (id: string) => (await send("GET", `/scheduleViews/${id}`)).body["likeCnt"];

  it("shows a page of its own at the entry, which loads nothing from elsewhere", async () => {
    const page = await send("GET", "/");
    assert.match(String(page.body["text"]), /<title>Courses for a date<\/title>/);
    assert.match(page.headers.get("content-security-policy") ?? "", /default-src 'self'/);
    assert.equal((await send("GET", "/app.js")).status, 200);
    assert.equal((await send("GET", "/no-such-thing")).status, 404);
  });

  it("takes a course from its offer to its review, and the view counts all of it", async () => {
    await reviewCourse(send, () => undefined);
    await eventually("the message", async () => {
      const { items } = (await send("GET", "/messages?customerId=kim")).body as { items?: unknown[] };
      return (items ?? []).length > 0 || undefined;
    });
  });

  it("counts thirty likes at once, and ten of them taken back", async () => {
    const id = await offer();
    const all = Array.from({ length: 30 }, (_, index) => like(id, `fan-${index}`));
    const liked = await Promise.all([...all, ...all.slice(0, 10)].map((path) => send("PUT", path)));
    assert.deepEqual([...new Set(liked.map(({ status }) => status))], [200]);
    await eventually("thirty likes", async () => (await likes(id)) === 30 || undefined);
    for (const path of all.slice(0, 10)) assert.equal((await send("DELETE", path)).status, 200);
    await eventually("twenty likes", async () => (await likes(id)) === 20 || undefined);
    assert.equal((await send("GET", `/schedules/${id}`)).body["likeCnt"], 20);
  });

  it("takes a review only after the date, and takes all back when the course is deleted", async () => {
    const id = await offer("2099-05-01T10:00:00Z");
    assert.equal((await review(id)).status, 409);
    assert.equal((await send("PATCH", `/schedules/${id}`, { date: PAST })).status, 200);
    assert.equal((await review(id)).status, 201);
    assert.equal((await send("DELETE", `/schedules/${id}`)).status, 204);
    await answers("the view to forget it", 404, () => send("GET", `/scheduleViews/${id}`));
    await eventually("the review to be gone", async () => {
      const { items } = (await send("GET", `/reviews?scheduleId=${id}`)).body as { items?: unknown[] };
      return items?.length === 0 || undefined;
    });
    assert.equal((await review(id)).status, 404);
  });

  it("refuses wrong input with 400, and nothing of it is written", async () => {
    for (const wrong of [
      { date: "2026-02-30T10:00:00Z" },
      { title: 7 },
      { likeCnt: 99 },
      { content: "x".repeat(2001) },
    ])
      assert.equal((await send("POST", "/schedules", { ...COURSE, date: PAST, ...wrong })).status, 400);
    assert.equal((await send("PUT", like("no%20id", "kim"))).status, 400);
    assert.equal((await send("PUT", like("none", "kim"))).status, 404);
    assert.equal((await send("POST", "/schedules", { ...COURSE, content: "x".repeat(70_000) })).status, 413);
  });

  it("writes no review while schedule is away, and likes wait for it without loss", async () => {
    const { launched, pods } = running();
    const id = await offer();
    const deployment = await pods.deployment("schedule");
    const replicas = (await launched.kubectl("get", deployment, "-o", "jsonpath={.spec.replicas}")).trim();
    await launched.kubectl("scale", deployment, "--replicas=0");
    await answers("reviews to be refused", 503, () => review(id));
    assert.equal((await send("PUT", like(id, "patient"))).status, 200);
    await launched.kubectl("scale", deployment, `--replicas=${replicas}`);
    await pods.untilReady("schedule");
    await answers("reviews to be taken again", 201, () => review(id));
    await eventually("the like", async () => {
      const { body } = await send("GET", `/schedules/${id}`);
      return (body["likeCnt"] === 1 && body["reviewCnt"] === 1) || undefined;
    });
  });

  it("keeps every course when the pod of its database is deleted", async () => {
    const { launched } = running();
    const id = await offer();
    await launched.kubectl("delete", "pod", "-l", "app.kubernetes.io/name=mariadb", "--wait=true");
    const found = await answers("the course", 200, () => send("GET", `/schedules/${id}`));
    assert.equal(found.body["title"], COURSE.title);
    await answers("a review", 201, () => review(id));
  });

  it("fails no read of a course while one of schedule's two pods is deleted", async () => {
    const { launched, pods } = running();
    const id = await offer();
    await pods.untilReady("schedule");
    const load = startLoad({ perSecond: 20, seconds: 120 }, () => {
      const path = `/schedules/${id}`;
      return [path, send("GET", path)];
    });
    const { failures } = await during(load, async () => {
      const [first = ""] = await pods.of("schedule");
      await launched.kubectl("delete", first, "--wait=true");
      await pods.untilReady("schedule");
    });
    assert.deepEqual(failures, []);
  });
}

/** Asks until the answer has a status. */
function answers(what: string, status: number, ask: () => Promise<Reply>): Promise<Reply> {
  return eventually(what, async () => {
    const reply = await ask();
    return reply.status === status ? reply : undefined;
  });
}
