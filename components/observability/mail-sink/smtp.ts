import { timingSafeEqual } from "node:crypto";
import {
  SMTPServer,
  type SMTPServerAuthentication,
  type SMTPServerDataStream,
  type SMTPServerSession,
} from "smtp-server";
import PostalMime from "postal-mime";
import { visibleJson } from "../../../model/harmless/visible.ts";
import type { Mailbox } from "./mailbox.ts";

export interface SmtpParts {
  readonly mailbox: Mailbox;
  readonly user: string;
  readonly password: string;
  readonly cert: string;
  readonly key: string;
}

/** What one sender may cost: bytes of a mail, recipients, connections at once, milliseconds in which nothing is said. */
const MOST = { bytes: 2 ** 20, recipients: 50, clients: 20, silence: 30_000 } as const;

/** Takes mail only over TLS and only from who knows the password, like the servers it stands for. */
export function smtpServer({ mailbox, user, password, cert, key }: SmtpParts): SMTPServer {
  return new SMTPServer({
    name: "mail-sink",
    banner: "mails end here",
    cert,
    key,
    size: MOST.bytes,
    maxClients: MOST.clients,
    socketTimeout: MOST.silence,
    authMethods: ["PLAIN", "LOGIN"],
    disableReverseLookup: true,
    onAuth: ({ username, password: given }: SMTPServerAuthentication, _session, done) => {
      if (username === user && equal(given ?? "", password)) done(null, { user });
      else done(new Error("535 wrong user or password"));
    },
    onRcptTo: (_address, { envelope }, done) =>
      done(
        envelope.rcptTo.length < MOST.recipients ? null : Object.assign(new Error("too many"), { responseCode: 452 }),
      ),
    onData: (stream, session, done) =>
      void takeMail(stream, session, mailbox).then(
        () => done(),
        (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
      ),
  });
}

/** Reads a mail to its end and keeps it; of one that is too large nothing is held. */
async function takeMail(stream: SMTPServerDataStream, session: SMTPServerSession, mailbox: Mailbox): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) if (!stream.sizeExceeded) chunks.push(chunk);
  if (stream.sizeExceeded) throw Object.assign(new Error("mail too large"), { responseCode: 552 });
  const mail = await wordsOf(Buffer.concat(chunks));
  const { mailFrom, rcptTo } = session.envelope;
  const to = rcptTo.map(({ address }) => address);
  const kept = mailbox.add({ from: mailFrom === false ? "" : mailFrom.address, to, ...mail });
  console.log(visibleJson({ time: kept.at, level: "info", msg: "mail received", subject: kept.subject, to }));
}

/** What people read of a mail. */
export async function wordsOf(raw: Uint8Array): Promise<{ subject: string; text: string }> {
  const { subject = "", text = "" } = await PostalMime.parse(raw);
  return { subject, text };
}

function equal(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
