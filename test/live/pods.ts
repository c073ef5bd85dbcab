import type { Launched } from "./launched.ts";
import { eventually } from "./shop.ts";

/** Pods and other objects of the services on a test's cluster. */
export class Pods {
  readonly #launched: Launched;

  constructor(launched: Launched) {
    this.#launched = launched;
  }

  /** Names such as "pod/fishdelivery-order-6d8f-x2x7z", without those that are on their way out: they are of the version before. */
  async of(service: string): Promise<string[]> {
    const staying =
      '{{range .items}}{{if not .metadata.deletionTimestamp}}pod/{{.metadata.name}}{{"\\n"}}{{end}}{{end}}';
    return this.#names(service, `go-template=${staying}`);
  }

  /** Names of all of them, of those as well that still do their last work. */
  async notGone(service: string): Promise<string[]> {
    return this.#names(service, "name");
  }

  /** Name such as "deployment.apps/fishdelivery-order". */
  async deployment(service: string): Promise<string> {
    return (
      await this.#launched.kubectl("get", "deployments", "-l", `app.kubernetes.io/name=${service}`, "-o", "name")
    ).trim();
  }

  /** Waits until all pods that there are of a service or a store, and stay, are ready: autoscaling takes and brings some meanwhile. */
  async untilReady(name: string): Promise<void> {
    const selected = `app.kubernetes.io/name=${name},app.kubernetes.io/component in (service,store)`;
    const ready =
      '{{range .items}}{{if not .metadata.deletionTimestamp}}{{range .status.conditions}}{{if eq .type "Ready"}}{{.status}} {{end}}{{end}}{{end}}{{end}}';
    const all = async () =>
      (await this.#launched.kubectl("get", "pods", "-l", selected, "-o", `go-template=${ready}`)).trim().split(" ");
    await eventually(
      `the pods of ${name} to be ready`,
      async () => (await all()).every((status) => status === "True") || undefined,
      120,
    );
  }

  /** Has a container evaluate something, and answers what it prints. */
  async evaluate(pod: string, script: string): Promise<string> {
    return (await this.#launched.kubectl("exec", pod, "--", "node", "-e", script)).trim();
  }

  /** Tries to open a connection from a pod; answers "connected", "timeout" or the code of the error. */
  async connect(pod: string, host: string, port: number): Promise<string> {
    return this.evaluate(
      pod,
      `const s=require('net').connect(${port},'${host}');s.setTimeout(3000);s.on('connect',()=>{console.log('connected');s.destroy()}).on('timeout',()=>{console.log('timeout');s.destroy()}).on('error',e=>console.log(e.code))`,
    );
  }

  async imageOf(service: string): Promise<string> {
    return this.#launched.kubectl(
      "get",
      await this.deployment(service),
      "-o",
      "jsonpath={.spec.template.spec.containers[0].image}",
    );
  }

  /** A pod with no label of the system that does nothing; answers its name. */
  async runStranger(image: string): Promise<string> {
    const securityContext = {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    };
    const container = { name: "stranger", image, command: ["node", "-e", "setInterval(()=>0,1000)"], securityContext };
    const spec = {
      securityContext: { runAsNonRoot: true, runAsUser: 10001, seccompProfile: { type: "RuntimeDefault" } },
      automountServiceAccountToken: false,
      containers: [container],
    };
    await this.#launched.kubectl(
      "run",
      "stranger",
      `--image=${image}`,
      "--overrides",
      JSON.stringify({ apiVersion: "v1", spec }),
    );
    await this.#launched.kubectl("wait", "--for=condition=Ready", "pod/stranger", "--timeout=60s");
    return "pod/stranger";
  }

  async #names(service: string, output: string): Promise<string[]> {
    return (await this.#launched.kubectl("get", "pods", "-l", selector(service), "-o", output))
      .trim()
      .split("\n")
      .filter(Boolean);
  }

  /** Sends a request to the fault switches of one pod, from within it: the entry does not lead there. */
  async fault(pod: string, method: "PUT" | "POST" | "DELETE", path: `/faults${string}`, body?: object): Promise<void> {
    const request = body
      ? { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) }
      : { method };
    const status = await this.evaluate(
      pod,
      `fetch("http://127.0.0.1:8080${path}",${JSON.stringify(request)}).then(({status})=>console.log(status))`,
    );
    if (!status.startsWith("2")) throw new Error(`${pod} answered ${status} to ${method} ${path}`);
  }
}

function selector(service: string): string {
  return `app.kubernetes.io/name=${service},app.kubernetes.io/component=service`;
}
