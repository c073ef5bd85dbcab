import assert from "node:assert/strict";
import type { Running } from "../running.ts";
import { eventually } from "../shop.ts";

const today = () => new Date().toISOString().slice(0, 10);

/** Flows of health on a running cluster, through its public entry. */
export function healthFlows(running: () => Running): void {
  let authorization = "";
  const ask = (method: string, path: string, body?: object) =>
    running().shop.send(method, path, body, { authorization });
  const statistics = async () => {
    const { status, body } = await ask("GET", "/statistics/exercise?part=ALL&period=1");
    assert.equal(status, 200, JSON.stringify(body));
    return body as { degraded: boolean; items: { date: string; volume: number }[] };
  };

  it("registers a person and signs them in", async () => {
    const person = { username: "kim", password: "a long enough password", firstName: "Min", lastName: "Kim" };
    assert.equal((await running().shop.send("POST", "/auth/register", person)).status, 201);
    const { username, password } = person;
    const { status, body } = await running().shop.send("POST", "/auth/login", { username, password });
    assert.equal(status, 200, JSON.stringify(body));
    authorization = `Bearer ${String(body["token"])}`;
  });

  it("shows what was written as statistics of a program in Java", async () => {
    const { items } = (await ask("GET", "/exercise/exercises?size=100")).body as { items?: Record<string, unknown>[] };
    const squat = items?.find(({ name }) => name === "Squat")?.["exerciseId"];
    const workout = { exerciseId: squat, set: 3, rep: 10, weight: 60, date: today() };
    assert.equal((await ask("POST", "/exercise/histories", workout)).status, 202);
    await eventually("the sum of today", async () => {
      const { degraded, items: days } = await statistics();
      return (!degraded && days.some(({ date, volume }) => date === today() && volume === 1800)) || undefined;
    });
  });

  it("marks statistics as degraded while a neighbour is away, invents nothing, and recovers", async () => {
    const { launched, pods } = running();
    const exercise = await pods.deployment("exercise");
    await launched.kubectl("scale", exercise, "--replicas=0");
    await eventually("degraded statistics", async () => {
      const { degraded, items } = await statistics();
      return (degraded && items.every(({ volume }) => volume === 0)) || undefined;
    });
    await launched.kubectl("scale", exercise, "--replicas=2");
    await pods.untilReady("exercise");
    await eventually("whole statistics", async () => !(await statistics()).degraded || undefined, 90);
  });

  it("answers nobody without a token of its own", async () => {
    for (const path of ["/diet/histories", "/exercise/days", "/statistics/diet", "/auth/my_page"])
      for (const token of ["", "Bearer no.token.atall"])
        assert.equal((await running().shop.send("GET", path, undefined, { authorization: token })).status, 401, path);
  });
}
