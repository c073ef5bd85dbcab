import type { Server, ServerResponse } from "node:http";
import { LOOPBACK_NAMES } from "../../../model/harmless/request.ts";
import { visibleJson } from "../../../model/harmless/visible.ts";
import { bodyOf } from "../pages/body.ts";
import { guardedServer, type Question, sayPlainly } from "../pages/guarded-server.ts";
import type { Heartbeat } from "./heartbeat.ts";
import { CONTENT_POLICY, listPage, mailPage } from "./html-page.ts";
import type { Mailbox } from "./mailbox.ts";
import { takeWebhook } from "./webhook.ts";

/** Largest message of Alertmanager that is read, in bytes. */
const LARGEST = 2 ** 20;

/**
 * The page that shows the mails, the same as JSON, and the place where the heartbeat arrives. It answers under the name of its
 * Service, its own address, and the names of the machine at whose end of a forwarded port a person sits, whatever that port is.
 */
export function pageServer(mailbox: Mailbox, heartbeat: Heartbeat, serviceName: string): Server {
  return guardedServer(
    (name, _port, { localAddress }) => [...LOOPBACK_NAMES, serviceName, localAddress].includes(name),
    async (question, response) => {
      const { method, path } = question;
      if (method === "POST" && path === "/heartbeat") return hear(question, response, mailbox, heartbeat);
      if (method !== "GET") return sayPlainly(response, 405, "read only");
      const [type, body] = shown(path, mailbox, heartbeat) ?? [];
      if (type === undefined) return sayPlainly(response, 404, "no such page");
      response
        .writeHead(200, { "content-type": `${type}; charset=utf-8`, "content-security-policy": CONTENT_POLICY })
        .end(body);
    },
  );
}

function shown(
  path: string,
  mailbox: Mailbox,
  heartbeat: Heartbeat,
): readonly [type: string, body: string] | undefined {
  const mails = mailbox.all();
  if (path === "/") return ["text/html", listPage(mails, heartbeat.last)];
  if (path === "/healthz") return ["text/plain", "ok\n"];
  if (path === "/metrics") return ["text/plain", `# TYPE mail_sink_mails gauge\nmail_sink_mails ${mails.length}\n`];
  if (path === "/mails.json") return ["application/json", visibleJson({ heartbeat: heartbeat.last, mails })];
  const mail = mailbox.find(Number(/^\/mails\/(\d{1,15})$/.exec(path)?.[1]));
  return mail && ["text/html", mailPage(mail)];
}

async function hear(
  { request }: Question,
  response: ServerResponse,
  mailbox: Mailbox,
  heartbeat: Heartbeat,
): Promise<void> {
  const body = await bodyOf(request, LARGEST);
  if (body === null) return sayPlainly(response, 413, `more than ${LARGEST} bytes`);
  if (!takeWebhook(body, mailbox, heartbeat)) return sayPlainly(response, 400, "no message of Alertmanager");
  response.writeHead(200, { "content-type": "text/plain; charset=utf-8" }).end("heard\n");
}
