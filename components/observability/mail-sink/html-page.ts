import { html } from "../../../model/harmless/html.ts";
import { visible } from "../../../model/harmless/visible.ts";
import type { Mail } from "./mail.ts";

/** What a browser may do with the pages: show them, and nothing that stands in a mail. */
export const CONTENT_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; form-action 'none'; base-uri 'none'";

const STYLE = `<style>
:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #8884;vertical-align:top}
h1,td,p{overflow-wrap:anywhere}pre{white-space:pre-wrap;overflow-wrap:anywhere}td:first-child{white-space:nowrap;font-variant-numeric:tabular-nums}
td:last-child{min-width:13rem}td a{color:inherit}.firing{color:#c2410c}.resolved{color:#15803d}
</style>`;

/** Characters of a subject in the list. */
const LISTED = 200;

/** All mails, newest first. It looks again every few seconds. */
export function listPage(mails: readonly Mail[], beat: string): string {
  const rows = mails.map(
    (mail) =>
      `<tr><td>${time(mail.at)}</td><td class="${kind(mail)}"><a href="mails/${mail.id}">${line(mail.subject, LISTED)}</a></td><td>${line(mail.to.join(", "))}</td></tr>`,
  );
  return document(
    "Mails",
    `<h1>Mails</h1><p>Everything this cluster would have sent, newest first. Last heartbeat of the alerting: ${time(beat)} UTC.</p>
${rows.length === 0 ? "<p>No mail yet.</p>" : `<table><tr><th>UTC</th><th>subject</th><th>to</th></tr>${rows.join("\n")}</table>`}`,
    5,
  );
}

/** One mail. */
export function mailPage(mail: Mail): string {
  return document(
    mail.subject,
    `<p><a href="../">all mails</a></p><h1 class="${kind(mail)}">${line(mail.subject)}</h1>
<p>${time(mail.at)} UTC, from ${line(mail.from)} to ${line(mail.to.join(", "))}</p><pre>${html(mail.text)}</pre>`,
    null,
  );
}

const document = (title: string, body: string, refreshSeconds: number | null) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${line(title)}</title>${refreshSeconds === null ? "" : `<meta http-equiv="refresh" content="${refreshSeconds}">`}${STYLE}</head><body>${body}</body></html>`;
const time = (iso: string) => line(iso.slice(0, 19).replace("T", " "));
const kind = ({ subject }: Mail) =>
  subject.includes("[FIRING") ? "firing" : subject.includes("[RESOLVED") ? "resolved" : "";
const line = (text: string, longest?: number) => html(visible(text, longest));
