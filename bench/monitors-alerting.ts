/**
 * Breaks a running system on purpose and measures how long it takes until the mail is there, and until the mail that it is over.
 * The stack must be watched with lab timing. Usage: node bench/monitors-alerting.ts <kubeconfig> <address of the mail sink> [fault …]
 */
import { execFileSync } from "node:child_process";

const [kubeconfig = "", sink = "http://127.0.0.1:3025", ...chosen] = process.argv.slice(2);
const SYSTEM = "fishdelivery";
const CALM_MS = 30_000;
const LONGEST_MS = 300_000;

interface Mail { readonly id: number; readonly at: string; readonly subject: string }
interface Fault { readonly name: string; readonly mail: RegExp; break(): void; repair(): void }

const kubectl = (...args: string[]) => execFileSync("kubectl", ["--kubeconfig", kubeconfig, ...args], { encoding: "utf8" });
const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));
const mails = async () => ((await (await fetch(`${sink}/mails.json`)).json()) as { mails: Mail[] }).mails.toReversed();
const deployment = (service: string) => kubectl("-n", SYSTEM, "get", "deployment", "-l", `app.kubernetes.io/name=${service}`, "-o", "name").trim();
const scale = (namespace: string, target: string, replicas: number) => kubectl("-n", namespace, "scale", target, `--replicas=${replicas}`);

/** No replica left, and none that says goodbye. */
function kill(service: string): void {
  scale(SYSTEM, deployment(service), 0);
  kubectl("-n", SYSTEM, "delete", "pods", "-l", `app.kubernetes.io/name=${service},app.kubernetes.io/component=service`, "--grace-period=0", "--force");
}

function killStore(store: string): void {
  scale(SYSTEM, `statefulset/${store}`, 0);
  kubectl("-n", SYSTEM, "delete", "pod", `${store}-0`, "--grace-period=0", "--force");
}

/** Sets the faults of every replica of a service; an empty object takes them back. */
function setFaults(service: string, faults: object): void {
  const pods = kubectl("-n", SYSTEM, "get", "pods", "-l", `app.kubernetes.io/name=${service},app.kubernetes.io/component=service`, "-o", "name").trim().split("\n");
  const request = Object.keys(faults).length > 0 ? { method: "PUT", headers: { "content-type": "application/json" }, body: JSON.stringify(faults) } : { method: "DELETE" };
  for (const pod of pods) kubectl("-n", SYSTEM, "exec", pod, "--", "node", "-e", `fetch("http://127.0.0.1:8080/faults",${JSON.stringify(request)}).then(r=>r.text()).then(console.log)`);
}

const FAULTS: readonly Fault[] = [
  { name: "service killed", mail: /delivery is down/, break: () => kill("delivery"), repair: () => void scale(SYSTEM, deployment("delivery"), 2) },
  { name: "half of the answers are 5xx", mail: /fishstore burns its availability/, break: () => setFaults("fishstore", { errorRate: 0.5 }), repair: () => setFaults("fishstore", {}) },
  { name: "slow answers", mail: /mypage burns its latency/, break: () => setFaults("mypage", { delayMs: 900 }), repair: () => setFaults("mypage", {}) },
  { name: "database down", mail: /MariaDB is down/, break: () => killStore("mariadb"), repair: () => void scale(SYSTEM, "statefulset/mariadb", 1) },
  { name: "broker down", mail: /Kafka is down/, break: () => killStore("kafka"), repair: () => void scale(SYSTEM, "statefulset/kafka", 1) },
  { name: "Prometheus down", mail: /The alerting (is silent|works again)/, break: () => void scale("monitoring", "statefulset/prometheus", 0), repair: () => void scale("monitoring", "statefulset/prometheus", 1) },
];

/** Seconds until a mail of that status about the fault is there; null when none comes. */
async function waitFor(fault: Fault, status: string, since: number, from: number): Promise<number | null> {
  for (const end = from + LONGEST_MS; Date.now() < end; await sleep(500)) {
    const found = (await mails()).find(({ id, subject }) => id > since && subject.startsWith(`[${status}`) && fault.mail.test(subject));
    if (found) return (Date.parse(found.at) - from) / 1000;
  }
  return null;
}

for (const fault of FAULTS.filter(({ name }) => chosen.length === 0 || chosen.some((part) => name.includes(part)))) {
  const last = (await mails()).at(-1)?.id ?? 0;
  const broken = Date.now();
  fault.break();
  const firing = await waitFor(fault, "FIRING", last, broken);
  const repaired = Date.now();
  fault.repair();
  const resolved = await waitFor(fault, "RESOLVED", last, repaired);
  await sleep(CALM_MS);
  const all = (await mails()).filter(({ id }) => id > last);
  console.log(`${fault.name}: FIRING after ${firing ?? "never"} s, RESOLVED after ${resolved ?? "never"} s, ${all.length} mails`);
  for (const { at, subject } of all) console.log(`    ${at.slice(11, 19)} ${subject}`);
}
