import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A mail as the sink shows it. */
export interface Mail {
  readonly id: number;
  readonly at: string;
  readonly subject: string;
}

/** One series of an answer of Prometheus. */
export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

/** What the monitoring of a test's cluster says: its mails and its figures. A broken way in is opened again. */
export class Watch {
  readonly #kubeconfig: string;
  readonly #ways = new Map<string, { readonly child: ChildProcess; readonly url: Promise<string> }>();

  constructor(kubeconfig: string) {
    this.#kubeconfig = kubeconfig;
  }

  /** Oldest first. */
  async mails(): Promise<Mail[]> {
    return ((await this.get("mail-sink", 8025, "/mails.json")) as { mails: Mail[] }).mails.toReversed();
  }

  async ask(query: string): Promise<readonly Series[]> {
    const { data } = (await this.get("prometheus", 9090, `/api/v1/query?${new URLSearchParams({ query })}`)) as {
      data: { result: Series[] };
    };
    return data.result;
  }

  async get(service: string, port: number, path: string, init: RequestInit = {}): Promise<unknown> {
    for (let attempt = 0; ; attempt++) {
      try {
        const answer = await fetch((await this.#way(service, port)) + path, {
          ...init,
          signal: AbortSignal.timeout(10_000),
        });
        const text = await answer.text();
        return text === "" ? null : JSON.parse(text);
      } catch (error) {
        this.#close(service);
        if (attempt === 5) throw error;
        await new Promise((done) => setTimeout(done, 1000));
      }
    }
  }

  close(): void {
    for (const service of [...this.#ways.keys()]) this.#close(service);
  }

  #close(service: string): void {
    this.#ways.get(service)?.child.kill();
    this.#ways.delete(service);
  }

  #way(service: string, port: number): Promise<string> {
    const open = this.#ways.get(service);
    if (open) return open.url;
    const child = spawn(
      "kubectl",
      ["--kubeconfig", this.#kubeconfig, "-n", "monitoring", "port-forward", `service/${service}`, `:${port}`],
      { stdio: ["ignore", "pipe", "ignore"] },
    );
    const url = new Promise<string>((done, failed) => {
      createInterface({ input: child.stdout }).on("line", (line) => {
        const found = /127\.0\.0\.1:(\d+)/.exec(line)?.[1];
        if (found !== undefined) done(`http://127.0.0.1:${found}`);
      });
      child.on("exit", () => failed(new Error(`${service} cannot be reached`)));
      child.on("error", failed);
    });
    url.catch(() => undefined); // whoever waits for it hears of it
    this.#ways.set(service, { child, url });
    return url;
  }
}
