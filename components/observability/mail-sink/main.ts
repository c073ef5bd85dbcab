import { ownCertificate } from "./certificate.ts";
import { Heartbeat } from "./heartbeat.ts";
import { MailFile } from "./mail-file.ts";
import { Mailbox } from "./mailbox.ts";
import { pageServer } from "./page.ts";
import { smtpServer } from "./smtp.ts";

/**
 * Takes mails and shows them. MAIL_USER and MAIL_PASSWORD are what a sender must know; HEARTBEAT_SECONDS is how long silence lasts before
 * it is an alarm; MAIL_FILE is where mails outlive a restart; PAGE_NAME is the name under which others in the cluster ask for the page.
 */
const {
  MAIL_USER: user = "",
  MAIL_PASSWORD: password = "",
  HEARTBEAT_SECONDS = "180",
  MAIL_FILE,
  PAGE_NAME = "mail-sink",
  SMTP_PORT = "2525",
  PAGE_PORT = "8025",
} = process.env;
if (user === "" || password === "") {
  console.error("mail-sink: MAIL_USER and MAIL_PASSWORD are not set; mount the Secret of the mail server.");
  process.exit(2);
}
const mailbox = new Mailbox(MAIL_FILE === undefined ? null : new MailFile(MAIL_FILE));
const heartbeat = new Heartbeat(mailbox, Number(HEARTBEAT_SECONDS));
const smtp = smtpServer({ mailbox, user, password, ...(await ownCertificate("mail-sink")) });
const page = pageServer(mailbox, heartbeat, PAGE_NAME);

smtp.on("error", (error) =>
  console.log(JSON.stringify({ level: "warn", msg: "connection refused or broken", error: error.message })),
);
smtp.listen(Number(SMTP_PORT), "0.0.0.0");
page.listen(Number(PAGE_PORT), "0.0.0.0");
const watch = setInterval(() => heartbeat.check(), 1000);
process.once("SIGTERM", () => {
  clearInterval(watch);
  smtp.close();
  page.close();
});
