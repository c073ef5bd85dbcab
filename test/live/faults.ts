import { databaseName } from "../../model/names.ts";
import type { Launched } from "./launched.ts";
import { Pods } from "./pods.ts";
import type { Watch } from "./watch.ts";

const MONITORING = ["-n", "monitoring"] as const;

/** Ways of breaking a running system, each with its repair. */
export class Faults {
  readonly #launched: Launched;
  readonly #watch: Watch;
  readonly #pods: Pods;

  constructor(launched: Launched, watch: Watch) {
    this.#launched = launched;
    this.#watch = watch;
    this.#pods = new Pods(launched);
  }

  /** No replica left, and none that says goodbye. */
  async kill(service: string): Promise<void> {
    await this.#kubectl("scale", await this.#pods.deployment(service), "--replicas=0");
    await this.#kubectl(
      "delete",
      ...(await this.#pods.of(service)),
      "--grace-period=0",
      "--force",
      "--ignore-not-found",
    );
  }

  async revive(service: string, replicas: number): Promise<void> {
    await this.#kubectl("scale", await this.#pods.deployment(service), `--replicas=${replicas}`);
  }

  async inject(service: string, injected: { readonly errorRate?: number; readonly delayMs?: number }): Promise<void> {
    for (const pod of await this.#pods.of(service)) await this.#pods.fault(pod, "PUT", "/faults", injected);
  }

  async heal(service: string): Promise<void> {
    for (const pod of await this.#pods.of(service)) await this.#pods.fault(pod, "DELETE", "/faults");
  }

  /** Holds a lock on what a consumer has to write, while it goes on answering. The lock ends by itself after five minutes. */
  async blockConsumer(service: string): Promise<void> {
    void this.#sql(`LOCK TABLES ${databaseName(service)}.inbox READ; SELECT SLEEP(300)`).catch(() => undefined); // ended by unblockConsumers
  }

  async unblockConsumers(): Promise<void> {
    const waiting = await this.#sql(
      "SELECT id FROM information_schema.processlist WHERE info LIKE '%SLEEP(300)' AND id != CONNECTION_ID()",
    );
    for (const id of waiting.split("\n").filter((line) => /^\d+$/.test(line))) await this.#sql(`KILL ${id}`);
  }

  async killStore(store: string): Promise<void> {
    await this.#kubectl("scale", `statefulset/${store}`, "--replicas=0");
    await this.#kubectl("delete", "pod", `${store}-0`, "--grace-period=0", "--force", "--ignore-not-found");
  }

  async reviveStore(store: string): Promise<void> {
    await this.#kubectl("scale", `statefulset/${store}`, "--replicas=1");
  }

  async stopPrometheus(): Promise<void> {
    await this.#kubectl(...MONITORING, "scale", "statefulset/prometheus", "--replicas=0");
  }

  async startPrometheus(): Promise<void> {
    await this.#kubectl(...MONITORING, "scale", "statefulset/prometheus", "--replicas=1");
  }

  /** Changes the password that Alertmanager sends with, and gives it something to send. Answers the password before, encoded. */
  async wrongMailPassword(): Promise<string> {
    const before = await this.#kubectl(
      ...MONITORING,
      "get",
      await this.#mailSecret(),
      "-o",
      "jsonpath={.data.mail-password}",
    );
    await this.mailPassword(Buffer.from("wrong").toString("base64"));
    const alert = {
      labels: {
        alertname: "ServiceDown",
        severity: "page",
        team: "platform",
        namespace: "fishdelivery",
        service: "test",
      },
      annotations: { summary: "A mail that cannot be sent" },
    };
    await this.#watch.get("alertmanager", 9093, "/api/v2/alerts", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify([alert]),
    });
    return before;
  }

  async mailPassword(encoded: string): Promise<void> {
    await this.#kubectl(
      ...MONITORING,
      "patch",
      await this.#mailSecret(),
      "-p",
      JSON.stringify({ data: { "mail-password": encoded } }),
    );
    await this.#kubectl(...MONITORING, "delete", "pod", "alertmanager-0"); // a new pod reads the file at once
    await this.#kubectl(...MONITORING, "wait", "--for=condition=Ready", "pod/alertmanager-0", "--timeout=90s");
  }

  async #mailSecret(): Promise<string> {
    const path = "jsonpath={.spec.template.spec.volumes[?(@.name=='settings')].secret.secretName}";
    return `secret/${(await this.#kubectl(...MONITORING, "get", "statefulset/alertmanager", "-o", path)).trim()}`;
  }

  async #sql(statement: string): Promise<string> {
    return this.#kubectl(
      "exec",
      "mariadb-0",
      "-c",
      "mariadb",
      "--",
      "sh",
      "-c",
      `mariadb -uroot -p"$(cat /etc/slipway-credentials/root-password)" -N -e "${statement}"`,
    );
  }

  #kubectl(...args: string[]): Promise<string> {
    return this.#launched.kubectl(...args);
  }
}
