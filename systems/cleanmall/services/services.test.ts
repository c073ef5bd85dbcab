import assert from "node:assert/strict";
import { NotInstalled } from "../../../runtime/lab/lab.ts";
import { skip } from "../../../test/skip.ts";
import { startSystemLab, type SystemLab, until } from "../../system-lab.ts";
import { fuzzSystem } from "../../../test/fuzz/fuzz-system.ts";
import { cleanmall } from "../system.ts";

type Service = keyof typeof cleanmall.services;
const CALL = { tel: "01012341234", location: "Seoul", cost: 200_000 };

describe("cleanmall's services with a real broker, a real MariaDB and a real PostgreSQL", function () {
  this.timeout(180_000);
  let lab: SystemLab<Service>;
  before(async function () {
    try {
      lab = await startSystemLab(cleanmall);
    } catch (error) {
      if (!(error instanceof NotInstalled)) throw error;
      skip(this, error.message);
    }
  });
  after(() => lab?.close());

  const call = async (body: object = CALL, key?: string) =>
    lab.request("cleancall", "POST", "/cleancalls", body, key === undefined ? {} : { "idempotency-key": key });
  const placed = async (): Promise<string> => {
    const { status, body } = await call();
    assert.equal(status, 201, JSON.stringify(body));
    return String(body["callId"]);
  };
  const views = (id: string) => lab.request("cleanview", "GET", `/cleanviews/${id}`);
  const shows = (id: string, status: string) =>
    until(`the view shows ${status}`, async () => (await views(id)).body["status"] === status);
  const assignment = async (id: string) =>
    (await lab.request("cleanassign", "GET", `/cleanassigns?callId=${id}`)).body.items[0];
  const cancel = (id: string) => lab.request("cleancall", "DELETE", `/cleancalls/${id}`);
  const everywhere = async (id: string) => ({
    cleancall: (await lab.request("cleancall", "GET", `/cleancalls/${id}`)).body["status"],
    cleanmanage: (await lab.request("cleanmanage", "GET", `/cleanmanages/${id}`)).body["status"],
    cleanassign: (await assignment(id))?.["status"],
    cleanview: (await views(id)).body["status"],
  });
  const all = (status: string) => ({
    cleancall: status,
    cleanmanage: status,
    cleanassign: status,
    cleanview: status,
  });

  it("assigns a cleaner to a call and shows who comes", async () => {
    const id = await placed();
    await shows(id, "CONFIRMED");
    assert.match(String((await views(id)).body["cleanman"]), /\w/);
    await until("everybody knows", async () => (await everywhere(id)).cleanmanage === "CONFIRMED");
    assert.deepEqual(await everywhere(id), all("CONFIRMED"));
  });

  for (const [when, bring] of [
    ["at once, before anybody is assigned", async () => undefined],
    ["after the cleaner was assigned", (id: string) => shows(id, "CONFIRMED")],
  ] as const)
    it(`calls the cleaner off when a call is cancelled ${when}, and keeps what was`, async () => {
      const id = await placed();
      await bring(id);
      assert.equal((await cancel(id)).status, 202);
      await shows(id, "CANCELLED");
      await until("cleancall knows", async () => (await everywhere(id)).cleancall === "CANCELLED");
      assert.deepEqual(await everywhere(id), all("CANCELLED"));
      assert.equal((await cancel(id)).status, 202);
      assert.deepEqual(await everywhere(id), all("CANCELLED"));
    });

  it("shares calls out among the cleaners, and frees those of cancelled ones", async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, placed));
    for (const id of ids) await shows(id, "CONFIRMED");
    const cleaners = new Set(await Promise.all(ids.map(async (id) => (await assignment(id))?.["cleanmanId"])));
    assert.ok(cleaners.size >= 5, [...cleaners].join());
    await Promise.all(ids.map(cancel));
    for (const id of ids) await shows(id, "CANCELLED");
  });

  it("makes one call of the same request sent five times at once, and refuses its key for another", async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => call(CALL, "same")));
    assert.deepEqual([...new Set(answers.map(({ status }) => status))], [201]);
    assert.equal(new Set(answers.map(({ body }) => body["callId"])).size, 1);
    assert.equal((await call({ ...CALL, cost: 1 }, "same")).status, 422);
  });

  it("answers wrong input with what is wrong, and what does not exist with 404", async () => {
    for (const wrong of [{}, { ...CALL, cost: -1 }, { ...CALL, tel: "x" }, { ...CALL, status: "CONFIRMED" }])
      assert.equal((await call(wrong)).status, 400, JSON.stringify(wrong));
    assert.equal((await cancel("nobody")).status, 404);
    assert.equal((await views("nobody")).status, 404);
  });

  it("takes no call while cleanmanage is down, and takes calls while cleanassign is, which it assigns later", async () => {
    await lab.stop("cleanmanage", "SIGKILL");
    const refused = await call();
    assert.deepEqual([refused.status, refused.retryAfter === null], [503, false]);
    await lab.start("cleanmanage");
    await lab.stop("cleanassign", "SIGKILL");
    const id = await placed();
    await shows(id, "CALLED");
    await lab.start("cleanassign");
    await shows(id, "CONFIRMED");
  });

  it("shows the same again when the view is built anew from the events", async () => {
    const id = await placed();
    await shows(id, "CONFIRMED");
    const before = (await views(id)).body;
    await lab.stop("cleanview", "SIGTERM");
    assert.equal(await lab.task("cleanview", "rebuild"), 0);
    await lab.start("cleanview");
    await shows(id, "CONFIRMED");
    assert.deepEqual((await views(id)).body, before);
  });

  it("answers whatever it is sent, and shows nothing of its inside", () => fuzzSystem(lab, cleanmall));
});
