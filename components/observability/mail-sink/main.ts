import { ownCertificate } from "./certificate.ts";
import { Heartbeat } from "./heartbeat.ts";
import { Mailbox } from "./mailbox.ts";
import { pageServer } from "./page.ts";
import { smtpServer } from "./smtp.ts";

/** Takes mails and shows them. MAIL_USER and MAIL_PASSWORD are what a sender must know; HEARTBEAT_SECONDS is how long silence lasts before it is an alarm. */
const {
  MAIL_USER: user = "",
  MAIL_PASSWORD: password = "",
  HEARTBEAT_SECONDS = "180",
  SMTP_PORT = "2525",
  PAGE_PORT = "8025",
} = process.env;
if (user === "" || password === "") {
  console.error("mail-sink: MAIL_USER and MAIL_PASSWORD are not set; mount the Secret of the mail server.");
  process.exit(2);
}
const mailbox = new Mailbox();
const heartbeat = new Heartbeat(mailbox, Number(HEARTBEAT_SECONDS));
const smtp = smtpServer({ mailbox, user, password, ...(await ownCertificate("mail-sink")) });
const page = pageServer(mailbox, heartbeat);

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
