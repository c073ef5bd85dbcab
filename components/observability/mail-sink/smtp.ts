import { timingSafeEqual } from "node:crypto";
import { SMTPServer, type SMTPServerAuthentication } from "smtp-server";
import PostalMime from "postal-mime";
import type { Mailbox } from "./mailbox.ts";

export interface SmtpParts {
  readonly mailbox: Mailbox;
  readonly user: string;
  readonly password: string;
  readonly cert: string;
  readonly key: string;
}

/** Largest mail taken, in bytes. */
const LARGEST = 2 ** 20;

/** Takes mail only over TLS and only from who knows the password, like the servers it stands for. */
export function smtpServer({ mailbox, user, password, cert, key }: SmtpParts): SMTPServer {
  return new SMTPServer({
    name: "mail-sink",
    banner: "mails end here",
    cert,
    key,
    size: LARGEST,
    authMethods: ["PLAIN", "LOGIN"],
    disableReverseLookup: true,
    onAuth: ({ username, password: given }: SMTPServerAuthentication, _session, done) => {
      if (username === user && equal(given ?? "", password)) done(null, { user });
      else done(new Error("535 wrong user or password"));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        if (stream.sizeExceeded) return done(Object.assign(new Error("mail too large"), { responseCode: 552 }));
        void PostalMime.parse(Buffer.concat(chunks)).then(
          (mail) => {
            const from = session.envelope.mailFrom;
            const to = session.envelope.rcptTo.map(({ address }) => address);
            const kept = mailbox.add({
              from: from === false ? "" : from.address,
              to,
              subject: mail.subject ?? "",
              text: mail.text ?? "",
            });
            console.log(
              JSON.stringify({ time: kept.at, level: "info", msg: "mail received", subject: kept.subject, to }),
            );
            done();
          },
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        );
      });
    },
  });
}

function equal(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
