import assert from "node:assert/strict";
import { NotInstalled } from "../../../runtime/lab/lab.ts";
import { fuzzSystem } from "../../../test/fuzz/fuzz-system.ts";
import { dateCourse } from "../system.ts";
import { until } from "../../system-lab.ts";
import { COURSE, type DateLab, inAnHour, LabCourses, startLab } from "./lab-courses.ts";
import { skip } from "../../../test/skip.ts";

describe("date-course's services with a real broker and database", function () {
  this.timeout(180_000);
  let lab: DateLab;
  let courses: LabCourses;
  before(async function () {
    try {
      lab = await startLab();
      courses = new LabCourses(lab);
    } catch (error) {
      if (!(error instanceof NotInstalled)) throw error;
      skip(this, error.message);
    }
  });
  after(() => lab?.close());

  it("counts what customers do, on the course and in the view, and takes it back", async () => {
    const id = await courses.offer();
    await courses.mark("PUT", "like", id, "kim");
    await courses.mark("PUT", "bookmark", id, "kim");
    const comment = (await courses.comment(id)).body;
    assert.equal((await courses.review(id)).status, 201);
    await courses.counts(id, [1, 1, 1, 1]);
    await courses.mark("DELETE", "like", id, "kim");
    const gone = await lab.request(
      "communication",
      "DELETE",
      `/communications/comments/${String(comment["commentId"])}`,
    );
    assert.equal(gone.status, 204);
    await courses.counts(id, [0, 1, 0, 1]);
  });

  it("counts likes right when many come at once, some of them twice or taken back", async () => {
    const id = await courses.offer();
    const customers = Array.from({ length: 40 }, (_, index) => `customer-${index}`);
    const deeds = customers.flatMap((customer, index) => [
      courses.mark("PUT", "like", id, customer),
      courses.mark("PUT", "like", id, customer),
      ...(index % 4 === 0 ? [courses.mark("PUT", "bookmark", id, customer)] : []),
    ]);
    assert.deepEqual([...new Set(await Promise.all(deeds))], [200]);
    await courses.counts(id, [0, 10, 40, 0]);
    const back = customers
      .slice(0, 15)
      .flatMap((customer) => [1, 2].map(() => courses.mark("DELETE", "like", id, customer)));
    assert.deepEqual([...new Set(await Promise.all(back))], [200]);
    await courses.counts(id, [0, 10, 25, 0]);
    const all = await lab.request("communication", "GET", "/communications/likes?customerId=customer-39");
    assert.deepEqual(
      all.body.items.map(({ scheduleId, chosen }) => [scheduleId, chosen]),
      [[id, "Y"]],
    );
  });

  it("takes a review only when the date is over and the host wants reviews, and one for each customer", async () => {
    const early = await courses.offer({ ...COURSE, date: inAnHour() });
    const unwanted = await courses.offer({ ...COURSE, reviewWriteYn: "N" });
    assert.equal((await courses.review(early)).status, 409);
    assert.equal((await courses.review(unwanted)).status, 409);
    assert.equal((await courses.review("no-such-course")).status, 404);
    const moved = await lab.request("schedule", "PATCH", `/schedules/${early}`, { date: COURSE.date });
    assert.equal(moved.status, 200);
    const answers = await Promise.all([1, 2, 3].map(() => courses.review(early)));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [201, 201, 201],
      "the same request is one review",
    );
    assert.equal(new Set(answers.map(({ body }) => body["reviewId"])).size, 1);
    assert.equal((await courses.review(early, "kim", "I was there twice")).status, 409);
    await courses.counts(early, [0, 0, 0, 1]);
  });

  it("writes no review when schedule is slow or down, and says when to try again", async () => {
    const id = await courses.offer();
    await lab.request("schedule", "PUT", "/faults", { delayMs: 900 });
    const slow = await courses.review(id);
    assert.deepEqual([slow.status, slow.retryAfter], [503, "1"]);
    await lab.stop("schedule", "SIGKILL");
    assert.equal((await courses.review(id)).status, 503);
    const { body } = await lab.request("review", "GET", `/reviews?scheduleId=${id}`);
    assert.deepEqual(body.items, []);
    await lab.start("schedule");
    await until("reviews are taken again", async () => (await courses.review(id)).status === 201);
    await courses.counts(id, [0, 0, 0, 1]);
  });

  it("tells a customer of each bookmark, its end, and the end of the course", async () => {
    const [kept, deleted] = [await courses.offer(), await courses.offer()];
    for (const id of [kept, kept, deleted]) await courses.mark("PUT", "bookmark", id, "park");
    await courses.mark("DELETE", "bookmark", kept, "park");
    await courses.counts(deleted, [0, 1, 0, 0]);
    assert.equal((await lab.request("schedule", "DELETE", `/schedules/${deleted}`)).status, 204);
    await until("four messages", async () => (await courses.messages("park")).length >= 4);
    assert.deepEqual((await courses.messages("park")).toSorted(), [
      "N The host deleted this course; your bookmark is gone.",
      "N You no longer bookmark this course.",
      "Y You bookmarked this course.",
      "Y You bookmarked this course.",
    ]);
  });

  it("leaves nothing of a deleted course, nowhere, also of what came at the same moment", async () => {
    const id = await courses.offer();
    await courses.comment(id);
    await courses.review(id);
    await courses.counts(id, [1, 0, 0, 1]);
    const [gone] = await Promise.all([
      lab.request("schedule", "DELETE", `/schedules/${id}`),
      ...Array.from({ length: 10 }, (_, index) => courses.mark("PUT", "like", id, `late-${index}`)),
    ]);
    assert.equal(gone.status, 204);
    assert.equal((await lab.request("schedule", "DELETE", `/schedules/${id}`)).status, 404);
    const left = async (service: "communication" | "review", path: string) =>
      (await lab.request(service, "GET", path)).body.items.filter(({ scheduleId }) => scheduleId === id).length;
    await until("comments, likes and reviews are gone", async () => {
      const counts = [
        await left("communication", `/communications/comments?scheduleId=${id}`),
        await left("communication", "/communications/likes?size=100"),
        await left("review", `/reviews?scheduleId=${id}`),
      ];
      return counts.every((count) => count === 0) && (await courses.view(id)).status === 404;
    });
    assert.equal(await courses.mark("PUT", "like", id, "late"), 404);
    assert.equal((await courses.comment(id)).status, 404);
    assert.equal((await courses.review(id)).status, 404);
  });

  it("makes one course and one comment of the same request sent five times at once", async () => {
    const key = { "idempotency-key": "same" };
    const five = await Promise.all(
      Array.from({ length: 5 }, () => lab.request("schedule", "POST", "/schedules", COURSE, key)),
    );
    assert.deepEqual(
      five.map(({ status }) => status),
      [201, 201, 201, 201, 201],
    );
    assert.equal(new Set(five.map(({ body }) => body["scheduleId"])).size, 1);
    const other = await lab.request("schedule", "POST", "/schedules", { ...COURSE, title: "another" }, key);
    assert.equal(other.status, 422);
    const id = await courses.offer();
    const comments = await Promise.all([1, 2].map(() => courses.comment(id, "kim", key)));
    assert.equal(new Set(comments.map(({ body }) => body["commentId"])).size, 1);
    await courses.counts(id, [1, 0, 0, 0]);
  });

  it("refuses what no calendar and no schema knows, and writes nothing of it", async () => {
    for (const wrong of [
      { date: "2026-02-30T10:00:00Z" },
      { date: "tomorrow" },
      { title: 7 },
      { likeCnt: 99 },
      { title: "" },
    ]) {
      const { status } = await lab.request("schedule", "POST", "/schedules", { ...COURSE, ...wrong });
      assert.equal(status, 400, JSON.stringify(wrong));
    }
    assert.equal((await lab.request("schedule", "PATCH", "/schedules/none", { title: "x" })).status, 404);
    assert.equal(await courses.mark("PUT", "like", "none", "kim"), 404);
    assert.equal((await courses.comment("none")).status, 404);
  });

  it("shows the view while all others are down, and the same again when it is built anew from the events", async () => {
    const id = await courses.offer();
    for (const customer of ["b", "c"]) await courses.mark("PUT", "like", id, customer);
    await lab.request("schedule", "PATCH", `/schedules/${id}`, { title: "Han river by day" });
    await courses.counts(id, [0, 0, 2, 0]);
    await until(
      "the view shows the new title",
      async () => (await courses.view(id)).body["title"] === "Han river by day",
    );
    const others = ["schedule", "communication", "review", "message"] as const;
    for (const other of others) await lab.stop(other, "SIGTERM");
    const views = async () => (await lab.request("viewpage", "GET", "/scheduleViews?size=100")).body.items;
    const before = await views();
    await lab.stop("viewpage", "SIGTERM");
    assert.equal(await lab.task("viewpage", "rebuild"), 0);
    await lab.start("viewpage");
    await until(
      "the view is the same again",
      async () => JSON.stringify(await views()) === JSON.stringify(before),
    ).catch(() => undefined);
    assert.deepEqual(await views(), before);
    await Promise.all(others.map((other) => lab.start(other)));
  });

  it("answers whatever it is sent, and shows nothing of its inside", () => fuzzSystem(lab, dateCourse));
});
