import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";
import type { Heartbeat } from "./heartbeat.ts";
import type { Mail, Mailbox } from "./mailbox.ts";
import { takeWebhook } from "./webhook.ts";

/** The page that shows the mails, the same as JSON, and the place where the heartbeat arrives. */
export function pageServer(mailbox: Mailbox, heartbeat: Heartbeat): Server {
  return createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://mail-sink");
    const answer = (status: number, type: string, body: string): void => {
      response
        .writeHead(status, {
          "content-type": `${type}; charset=utf-8`,
          "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
          "cache-control": "no-store",
        })
        .end(body);
    };
    if (request.method === "POST" && pathname === "/heartbeat") {
      return void text(request)
        .then((body) => takeWebhook(body, mailbox, heartbeat))
        .then(
          () => answer(200, "text/plain", "heard\n"),
          () => request.destroy(),
        );
    }
    if (request.method !== "GET") return answer(405, "text/plain", "read only\n");
    if (pathname === "/healthz") return answer(200, "text/plain", "ok\n");
    if (pathname === "/metrics")
      return answer(200, "text/plain", `# TYPE mail_sink_mails gauge\nmail_sink_mails ${mailbox.all().length}\n`);
    if (pathname === "/mails.json")
      return answer(200, "application/json", JSON.stringify({ heartbeat: heartbeat.last, mails: mailbox.all() }));
    if (pathname === "/") return answer(200, "text/html", page(mailbox.all(), heartbeat.last));
    const mail = mailbox.find(Number(/^\/mails\/(\d+)$/.exec(pathname)?.[1]));
    return mail ? answer(200, "text/html", single(mail)) : answer(404, "text/plain", "no such page\n");
  });
}

const STYLE = `<style>
:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #8884;vertical-align:top}
td:first-child{white-space:nowrap;font-variant-numeric:tabular-nums}pre{white-space:pre-wrap}td a{color:inherit}.firing{color:#c2410c}.resolved{color:#15803d}
</style>`;

function page(mails: readonly Mail[], beat: string): string {
  const rows = mails.map(
    (mail) =>
      `<tr><td>${time(mail.at)}</td><td class="${kind(mail)}"><a href="mails/${mail.id}">${escape(mail.subject)}</a></td><td>${escape(mail.to.join(", "))}</td></tr>`,
  );
  return document(
    "Mails",
    `<h1>Mails</h1><p>Everything this cluster would have sent, newest first. Last heartbeat of the alerting: ${time(beat)} UTC.</p>
${rows.length === 0 ? "<p>No mail yet.</p>" : `<table><tr><th>UTC</th><th>subject</th><th>to</th></tr>${rows.join("\n")}</table>`}`,
    5,
  );
}

function single(mail: Mail): string {
  return document(
    mail.subject,
    `<p><a href="../">all mails</a></p><h1 class="${kind(mail)}">${escape(mail.subject)}</h1>
<p>${time(mail.at)} UTC, from ${escape(mail.from)} to ${escape(mail.to.join(", "))}</p><pre>${escape(mail.text)}</pre>`,
    null,
  );
}

const document = (title: string, body: string, refreshSeconds: number | null) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title>${refreshSeconds === null ? "" : `<meta http-equiv="refresh" content="${refreshSeconds}">`}${STYLE}</head><body>${body}</body></html>`;
const time = (iso: string) => iso.slice(0, 19).replace("T", " ");
const kind = ({ subject }: Mail) =>
  subject.includes("[FIRING") ? "firing" : subject.includes("[RESOLVED") ? "resolved" : "";
const escape = (text: string) => text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
