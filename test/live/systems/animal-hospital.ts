import assert from "node:assert/strict";
import { completeVisit, visit } from "../../../systems/animal-hospital/demo.ts";
import { codeOf } from "../../../systems/animal-hospital/services/lab-sign-in.ts";
import type { Running } from "../running.ts";
import { eventually } from "../shop.ts";
import { hospitalAccess } from "./hospital-access.ts";
import { HospitalDesk } from "./hospital-desk.ts";

type Row = Record<string, unknown>;

/** Flows of animal-hospital on a running cluster, through its public entry. */
export function animalHospitalFlows(running: () => Running): void {
  const desk = new HospitalDesk(running);
  const send = (method: string, path: string, body?: object) => desk.send(method, path, body);
  const reserve = async (): Promise<string> => {
    const { status, body } = await send("POST", "/reservations", visit());
    assert.equal(status, 201, JSON.stringify(body));
    return String(body["reservationId"]);
  };
  const rowOf = (path: string, id: string): Promise<Row> =>
    eventually(`${path} of ${id}`, async () => {
      const { items } = (await send("GET", `${path}?reservationId=${id}`)).body as { items?: Row[] };
      assert.ok((items ?? []).length <= 1, `${path} holds ${id} more than once`);
      return items?.[0];
    });
  const treat = async (id: string) => {
    const path = `/medicalRecords/${String((await rowOf("/medicalRecords", id))["medicalRecordId"])}`;
    return send("PATCH", path, { doctor: "Kim", treatment: "vaccination", medicalOpinion: "healthy" });
  };
  const shows = (id: string, status: string) =>
    eventually(`lookup to show ${status}`, async () => {
      const { body } = await send("GET", `/reservationStats/${id}`);
      return body["reservationStatus"] === status ? body : undefined;
    });
  const scale = async (service: string, replicas: number) => {
    const { launched, pods } = running();
    await launched.kubectl("scale", await pods.deployment(service), `--replicas=${replicas}`);
  };

  it("takes a visit from its reservation to its paid fee of 10,000 won", async () => {
    const id = await completeVisit(send, () => undefined);
    assert.equal((await send("GET", `/reservationStats/${id}`)).body["fee"], 10_000);
    assert.equal((await send("DELETE", `/reservations/${id}`)).status, 409);
    await eventually("the notice", async () => (await rowOf("/notices", id))["status"] === "SENT" || undefined);
  });

  it("takes back treatment and fee when a treated visit is cancelled", async () => {
    const id = await reserve();
    assert.equal((await treat(id)).status, 200);
    await shows(id, "BILLED");
    assert.equal((await send("DELETE", `/reservations/${id}`)).status, 202);
    const stat = await shows(id, "CANCELED");
    assert.deepEqual([stat["treatment"], stat["fee"]], [null, 0]);
    assert.equal((await rowOf("/medicalRecords", id))["status"], "CANCELED");
    assert.equal((await rowOf("/financialManagements", id))["status"], "CANCELED");
  });

  it("makes no reservation while diagnosis is away, says so, and makes them again by itself", async () => {
    await scale("diagnosis", 0);
    await eventually("a refusal", async () => {
      const { status, headers } = await send("POST", "/reservations", visit());
      return (status === 503 && headers.get("retry-after") !== null) || undefined;
    });
    await scale("diagnosis", 1);
    await eventually(
      "a reservation",
      async () => (await send("POST", "/reservations", visit())).status === 201 || undefined,
    );
  });

  it("goes on without acceptance, and bills once what was treated meanwhile", async () => {
    await scale("acceptance", 0);
    await eventually(
      "it to be gone",
      async () => (await running().pods.notGone("acceptance")).length === 0 || undefined,
    );
    const id = await reserve();
    assert.equal((await treat(id)).status, 200);
    await shows(id, "TREATED");
    await scale("acceptance", 1);
    await shows(id, "BILLED");
    assert.equal((await rowOf("/financialManagements", id))["fee"], 10_000);
  });

  it("loses nothing when the pods of lookup and reservation are deleted", async () => {
    const id = await reserve();
    const { launched, pods } = running();
    for (const service of ["lookup", "reservation"])
      for (const pod of await pods.of(service)) await launched.kubectl("delete", pod, "--wait=true");
    for (const service of ["lookup", "reservation"]) await pods.untilReady(service);
    await shows(id, "CONFIRMED");
    assert.equal((await send("DELETE", `/reservations/${id}`)).status, 202);
    await shows(id, "CANCELED");
  });

  it("answers wrong input with 400, and what does not exist with 404", async () => {
    const wrong = [
      { reservationDate: "2020-04-30" },
      { reservatorName: 7 },
      { phoneNumber: "x".repeat(100) },
      { fee: 0 },
    ];
    for (const change of wrong)
      assert.equal(
        (await send("POST", "/reservations", { ...visit(), ...change })).status,
        400,
        JSON.stringify(change),
      );
    for (const path of [
      "/reservations/none",
      "/medicalRecords/none",
      "/financialManagements/none",
      "/reservationStats/none",
    ])
      assert.equal((await send("GET", path)).status, 404, path);
  });

  it("signs people in, with keys that everybody may fetch", async () => {
    const { launched } = running();
    const { body } = await send("GET", "/.well-known/jwks.json");
    assert.equal((body as { keys: unknown[] }).keys.length, 1);
    const query = new URLSearchParams({
      client_id: "app",
      response_type: "code",
      redirect_uri: "http://127.0.0.1/signed-in",
      scope: "openid reservation lookup",
      code_challenge: "x".repeat(43),
      code_challenge_method: "S256",
    });
    const who = { name: `jackson-${Date.now()}`, password: "a long password", do: "register" };
    assert.equal(typeof (await codeOf([launched.entry], `/oauth/auth?${query.toString()}`, who)), "string");
  });

  describe("who may call it", () => hospitalAccess(running));
}
