import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { ClusterError } from "../config/cluster-error.ts";

/** Talks to one API server with the certificate of a kubeconfig that `kubeconfig.ts` wrote. */
export interface ApiClient {
  /** The object at `path`, or undefined when there is none. */
  get<T>(path: string): Promise<T | undefined>;
  /** Makes or changes an object; what others have set in it stays. */
  apply(path: string, object: object): Promise<void>;
  /** Sends anything else and returns the body as text. */
  send(method: string, path: string, body?: object): Promise<string>;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

const timeoutMs = 10_000;

/** A client from a kubeconfig file. */
export function apiClient(kubeconfigFile: string): ApiClient {
  const { server, agent } = readAccess(kubeconfigFile);
  const call = async (method: string, path: string, body?: object, type = "application/json") =>
    await patiently(() =>
      send(agent, new URL(path, server), method, type, body === undefined ? undefined : JSON.stringify(body)),
    );
  return {
    async get<T>(path: string) {
      const { status, body } = await call("GET", path);
      if (status === 404) return undefined;
      return JSON.parse(accepted("GET", path, status, body)) as T;
    },
    async apply(path, object) {
      const target = `${path}?fieldManager=slipway-cluster&force=true`;
      const { status, body } = await call("PATCH", target, object, "application/apply-patch+yaml");
      accepted("apply", path, status, body);
    },
    async send(method, path, object) {
      const { status, body } = await call(method, path, object);
      return accepted(method, path, status, body);
    },
  };
}

function readAccess(file: string): { server: string; agent: Agent } {
  const { clusters, users } = JSON.parse(readFileSync(file, "utf8")) as {
    clusters: { cluster: { server: string; "certificate-authority-data": string } }[];
    users: { user: { "client-certificate-data": string; "client-key-data": string } }[];
  };
  const [entry, login] = [clusters[0]?.cluster, users[0]?.user];
  if (entry === undefined || login === undefined)
    throw new ClusterError(`${file} names no cluster or no user; run \`slipway cluster up\` again.`);
  const decode = (text: string) => Buffer.from(text, "base64");
  const agent = new Agent({
    keepAlive: true,
    ca: decode(entry["certificate-authority-data"]),
    cert: decode(login["client-certificate-data"]),
    key: decode(login["client-key-data"]),
  });
  return { server: entry.server, agent };
}

/** What a connection says when the forwarder or the API server behind it is being replaced. */
const RESETS = ["ECONNRESET", "ECONNREFUSED", "EPIPE"];

/** Asks again for a few seconds when the connection breaks: everything we ask for may be asked twice. */
async function patiently<T>(ask: () => Promise<T>, attempts = 20): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (attempts <= 1 || !RESETS.includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    await sleep(250);
    return await patiently(ask, attempts - 1);
  }
}

async function send(agent: Agent, url: URL, method: string, type: string, body: string | undefined): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    const headers = { accept: "application/json", ...(body === undefined ? {} : { "content-type": type }) };
    const call = request(url, { agent, method, headers, timeout: timeoutMs }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }));
    });
    call.on("timeout", () => call.destroy(new Error(`no answer from ${url.host} within ${timeoutMs} ms`)));
    call.on("error", reject);
    call.end(body);
  });
}

function accepted(action: string, path: string, status: number, body: string): string {
  if (status >= 200 && status < 300) return body;
  throw new ClusterError(`the API server refused to ${action} ${path}: ${status} ${body.slice(0, 500)}`);
}
