import { readFileSync } from "node:fs";
import { get } from "node:https";
import { connect } from "node:net";
import type { Condition } from "../config/process-spec.ts";

const timeoutMs = 1000;

/** Whether the thing waited for answers right now. */
export async function conditionHolds(condition: Condition): Promise<boolean> {
  if (condition.kind === "https") return await answersOk(condition.url, condition.authority);
  return await connects(
    condition.kind === "tcp" ? { host: condition.host, port: condition.port } : { path: condition.path },
  );
}

async function connects(target: { host: string; port: number } | { path: string }): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect(target);
    const answer = (holds: boolean) => {
      socket.destroy();
      resolve(holds);
    };
    socket.setTimeout(timeoutMs, () => answer(false));
    socket.once("connect", () => answer(true));
    socket.once("error", () => answer(false));
  });
}

async function answersOk(url: string, authority: string): Promise<boolean> {
  return await new Promise((resolve) => {
    const call = get(url, { ca: readFileSync(authority), timeout: timeoutMs, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    call.once("timeout", () => call.destroy());
    call.once("error", () => resolve(false));
    call.once("close", () => resolve(false)); // a no-op after an answer
  });
}
