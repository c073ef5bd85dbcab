import assert from "node:assert/strict";
import { type Answer, startSystemLab, type SystemLab } from "../../system-lab.ts";
import { health } from "../system.ts";

export type Service = keyof typeof health.services;
type Row = Record<string, unknown>;

/** The services on the kit as a person uses them who is signed in. */
export class LabDiary {
  readonly lab: SystemLab<Service>;
  readonly token: string;

  private constructor(lab: SystemLab<Service>, token: string) {
    this.lab = lab;
    this.token = token;
  }

  /** Starts the services and signs somebody in; throws NotInstalled where broker or database cannot be had. */
  static async start(): Promise<LabDiary> {
    const lab = await startSystemLab(health);
    return new LabDiary(lab, await signIn(lab, "kim"));
  }

  /** The same services for somebody else. */
  async as(username: string): Promise<LabDiary> {
    return new LabDiary(this.lab, await signIn(this.lab, username));
  }

  /** Asks with the person's token; `headers` go on top. */
  ask(service: Service, method: string, path: string, body?: object, headers: Record<string, string> = {}) {
    return this.lab.request(service, method, path, body, { authorization: `Bearer ${this.token}`, ...headers });
  }

  /** The one food or exercise of this name. */
  async idOf(service: "diet" | "exercise", name: string): Promise<string> {
    const path = service === "diet" ? `/diet/foods?q=${name}` : "/exercise/exercises?size=100";
    const { items } = (await this.ask(service, "GET", path)).body;
    const id = service === "diet" ? "foodId" : "exerciseId";
    return String(items.find((item) => item["name"] === name)?.[id]);
  }

  /** Writes a meal of today; answers what intake said. */
  eat(foodId: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask("intake", "POST", "/diet/histories", { foodId, date: today() }, headers);
  }

  async meals(): Promise<readonly Row[]> {
    return (await this.ask("diet", "GET", "/diet/histories?size=100")).body.items;
  }
}

export const today = () => new Date().toISOString().slice(0, 10);
export const PASSWORD = "a long enough password";

async function signIn(lab: SystemLab<Service>, username: string): Promise<string> {
  const person = { username, password: PASSWORD, firstName: "Min", lastName: "Kim" };
  const registered = await lab.request("auth", "POST", "/auth/register", person);
  assert.equal(registered.status, 201, JSON.stringify(registered.body));
  const { status, body } = await lab.request("auth", "POST", "/auth/login", { username, password: PASSWORD });
  assert.equal(status, 200, JSON.stringify(body));
  return String(body["token"]);
}
