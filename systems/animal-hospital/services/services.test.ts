import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { NotInstalled } from "../../../runtime/lab/lab.ts";
import { skip } from "../../../test/skip.ts";
import { fuzzSystem } from "../../../test/fuzz/fuzz-system.ts";
import { animalHospital } from "../system.ts";
import { until } from "../../system-lab.ts";
import { LabHospital, RESULT, VISIT } from "./lab.ts";
import { PLACES_A_DAY } from "./places.ts";

const CANCELED = { reservation: "CANCELED", diagnosis: "CANCELED", acceptance: "CANCELED", lookup: "CANCELED" };

describe("animal-hospital's services with a real broker and database", function () {
  this.timeout(180_000);
  let hospital: LabHospital;
  before(async function () {
    try {
      hospital = await LabHospital.start();
    } catch (error) {
      if (!(error instanceof NotInstalled)) throw error;
      skip(this, error.message);
    }
  });
  after(() => hospital?.lab.close());

  it("treat, bill and take the fee of a reservation, show it in one row, and refuse to cancel it afterwards", async () => {
    const id = await hospital.reserve();
    await hospital.shows(id, "CONFIRMED");
    assert.equal(await hospital.treat(id), 200);
    await hospital.shows(id, 10_000, "fee");
    assert.equal(await hospital.pay(id), 200);
    await hospital.shows(id, "PAID");
    await until("reservation knows", async () => (await hospital.reservation(id))["status"] === "PAID");
    assert.deepEqual(await hospital.everywhere(id), {
      reservation: "PAID",
      diagnosis: "TREATED",
      acceptance: "PAID",
      lookup: "PAID",
      fee: 10_000,
    });
    assert.equal((await hospital.stat(id))["treatment"], RESULT.treatment);
    assert.equal(await hospital.cancel(id), 409);
  });

  it("take back treatment and fee when a reservation is cancelled, before and after the treatment, once", async () => {
    const early = await hospital.reserve();
    const treated = await hospital.reserve();
    await hospital.treat(treated);
    await hospital.shows(treated, "BILLED");
    for (const id of [early, treated]) {
      assert.equal(await hospital.cancel(id), 202);
      await hospital.shows(id, "CANCELED");
      assert.equal(await hospital.cancel(id), 202, "again");
      assert.deepEqual(await hospital.everywhere(id), { ...CANCELED, fee: 0 });
      assert.equal(await hospital.treat(id), 409);
      assert.equal(await hospital.pay(id), 409);
      await until("both notices", async () => (await hospital.rowsOf("notice", id)).length === 2);
    }
    assert.equal((await hospital.stat(treated))["treatment"], null);
  });

  it("move a reservation to another day, and back when that day is full", async () => {
    const id = await hospital.reserve();
    const move = (reservationDate: string) =>
      hospital.lab.request("reservation", "PATCH", `/reservations/${id}`, { reservationDate });
    assert.equal((await move("2090-05-01")).status, 200);
    await until("diagnosis moved it", async () =>
      (await hospital.rowsOf("diagnosis", id)).every((row) => row["reservationDate"] === "2090-05-01"),
    );
    await fill("2090-05-02");
    const full = { ...VISIT, reservationDate: "2090-05-02" };
    assert.equal((await hospital.lab.request("reservation", "POST", "/reservations", full)).status, 409);
    assert.equal((await move("2090-05-02")).status, 200);
    await until("it is back", async () => (await hospital.reservation(id))["reservationDate"] === "2090-05-01");
    await hospital.shows(id, "2090-05-01", "reservationDate");
  });

  it("make one reservation of the same request sent five times at once", async () => {
    const headers = { "idempotency-key": "same" };
    const send = () => hospital.lab.request("reservation", "POST", "/reservations", VISIT, headers);
    const answers = await Promise.all(Array.from({ length: 5 }, send));
    const again = await send();
    const ids = new Set(
      [...answers, again].flatMap(({ status, body }) => (status === 201 ? [body["reservationId"]] : [])),
    );
    assert.equal(ids.size, 1);
    assert.ok([...answers, again].every(({ status }) => status === 201 || status === 409));
  });

  it("make no reservation while diagnosis is slow or down, keep no place for it, and recover by themselves", async () => {
    const reserve = () =>
      hospital.lab.request("reservation", "POST", "/reservations", { ...VISIT, reservationDate: "2090-06-01" });
    await hospital.lab.request("diagnosis", "PUT", "/faults", { delayMs: 900 });
    const slow = await reserve();
    assert.deepEqual([slow.status, slow.retryAfter], [503, "1"]);
    await hospital.lab.stop("diagnosis", "SIGKILL");
    assert.equal((await reserve()).status, 503);
    await hospital.lab.start("diagnosis");
    await until("reservations are made again", async () => (await reserve()).status === 201);
    await until("places without a reservation are free", async () => {
      const { body } = await hospital.lab.request("diagnosis", "GET", "/medicalRecords?reservationDate=2090-06-01");
      return body.items.filter((row) => row["status"] === "ACCEPTED").length === 1;
    });
  });

  it("bill once, later, what was treated while acceptance was down", async () => {
    assert.equal(await hospital.lab.stop("acceptance", "SIGTERM"), 0);
    const id = await hospital.reserve();
    await hospital.treat(id);
    await hospital.shows(id, "TREATED");
    await hospital.lab.start("acceptance");
    await hospital.shows(id, "BILLED");
    assert.equal((await hospital.rowsOf("acceptance", id)).length, 1);
  });

  it("take a reservation back whoever of the participants is away when it is cancelled", async () => {
    for (const away of ["diagnosis", "acceptance", "lookup", "notice"] as const) {
      const id = await hospital.reserve();
      await hospital.treat(id);
      await hospital.shows(id, "BILLED");
      await hospital.lab.stop(away, "SIGKILL");
      assert.equal(await hospital.cancel(id), 202, away);
      await hospital.lab.start(away);
      await hospital.shows(id, "CANCELED");
      assert.deepEqual(await hospital.everywhere(id), { ...CANCELED, fee: 0 }, away);
    }
  });

  it("keep sixty reservations apart that are under way at once", async () => {
    const ids: string[] = [];
    const each = (work: (id: string, index: number) => Promise<unknown>) =>
      Promise.all(ids.map((id, index) => work(id, index)));
    for (let index = 0; index < 60; index += 1) {
      const visit = { ...VISIT, reservatorName: `Kim ${index}`, reservationDate: "2090-07-01" };
      ids.push(await hospital.reserve(visit));
    }
    const canceled = (index: number) => index % 4 === 0;
    await each((id, index) => hospital.treat(id, { ...RESULT, treatment: `treatment ${index}` }));
    await each((id, index) => (canceled(index) ? hospital.cancel(id) : hospital.pay(id)));
    await each((id, index) => hospital.shows(id, canceled(index) ? "CANCELED" : "PAID"));
    for (const [index, id] of ids.entries()) {
      const { reservatorName, treatment, fee } = await hospital.stat(id);
      const [then, owed] = canceled(index) ? [null, 0] : [`treatment ${index}`, 10_000];
      assert.deepEqual([reservatorName, treatment, fee], [`Kim ${index}`, then, owed]);
    }
  });

  it("refuse with 400 a day that is over or no day, a number as name, and fields that nobody knows", async () => {
    const wrong = [
      { reservationDate: "2020-04-30" },
      { reservationDate: "2090-02-30" },
      { reservationDate: "soon" },
      { reservatorName: 7 },
      { phoneNumber: "x" },
      { status: "PAID" },
    ];
    for (const change of wrong) {
      const { status } = await hospital.lab.request("reservation", "POST", "/reservations", { ...VISIT, ...change });
      assert.equal(status, 400, JSON.stringify(change));
    }
    assert.equal(await hospital.cancel("none"), 404);
  });

  it("show the same rows when lookup is built anew from the events", async () => {
    const rows = async () => (await hospital.lab.request("lookup", "GET", "/reservationStats?size=100")).body.items;
    let before = await rows();
    await until("the last events to be shown", async () => {
      const last = JSON.stringify(before);
      await sleep(1000);
      before = await rows();
      return JSON.stringify(before) === last;
    });
    assert.ok(before.length > 5, `${before.length} rows`);
    await hospital.lab.stop("lookup", "SIGTERM");
    assert.equal(await hospital.lab.task("lookup", "rebuild"), 0);
    await hospital.lab.start("lookup");
    await until("they are the same", async () => JSON.stringify(await rows()) === JSON.stringify(before));
  });

  /** Takes every place of a day. */
  async function fill(reservationDate: string): Promise<void> {
    for (let begin = 0; begin < PLACES_A_DAY; begin += 25)
      await Promise.all(
        Array.from({ length: 25 }, (_, index) =>
          hospital.lab.request("diagnosis", "POST", "/medicalRecords", {
            reservationId: `full-${begin + index}`,
            reservationDate,
          }),
        ),
      );
  }

  it("answers whatever it is sent, and shows nothing of its inside", () => fuzzSystem(hospital.lab, animalHospital));
});
