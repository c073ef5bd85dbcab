import assert from "node:assert/strict";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect as connectPlain, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { ownCertificate } from "./certificate.ts";
import { Heartbeat } from "./heartbeat.ts";
import { Mailbox } from "./mailbox.ts";
import { smtpServer } from "./smtp.ts";
import { takeWebhook } from "./webhook.ts";

/** Speaks SMTP line by line, as Alertmanager does: STARTTLS, AUTH, one mail. Returns the last answer. */
async function send(
  port: number,
  password: string,
  tls = true,
  mail = "Subject: [FIRING] <b>down</b>\r\n\r\nhelp",
  { user = "alerts", recipients = 1 } = {},
): Promise<string> {
  let socket: Socket = connectPlain(port, "127.0.0.1");
  const answer = async () => String((await once(socket, "data"))[0]);
  const say = async (line: string) => {
    socket.write(`${line}\r\n`);
    return answer();
  };
  await answer();
  await say("EHLO test");
  if (tls) {
    await say("STARTTLS");
    socket = connectTls({ socket, rejectUnauthorized: false });
    await once(socket, "secureConnect");
    await say("EHLO test");
  }
  const login = Buffer.from(`\0${user}\0${password}`).toString("base64");
  const to = [...Array(recipients).keys()].map((index) => `RCPT TO:<b${index || ""}@example.org>`);
  const lines = [`AUTH PLAIN ${login}`, "MAIL FROM:<a@example.org>", ...to, "DATA", `${mail}\r\n.`];
  let last = "";
  for (const line of lines) {
    last = await say(line);
    if (/^[45]/.test(last)) break;
  }
  socket.destroy();
  return last;
}

describe("mail sink", () => {
  const mailbox = new Mailbox(null, 3);
  let port = 0;
  let smtp: ReturnType<typeof smtpServer>;

  before(async () => {
    smtp = smtpServer({ mailbox, user: "alerts", password: "right", ...(await ownCertificate("localhost")) });
    smtp.on("error", () => {});
    const server = smtp.listen(0, "127.0.0.1");
    await once(server, "listening");
    port = (server.address() as AddressInfo).port;
  });
  after(() => smtp.close());

  it("keeps a mail that comes over TLS with the right password", async () => {
    assert.match(await send(port, "right"), /^250/);
    assert.equal(mailbox.all()[0]?.subject, "[FIRING] <b>down</b>");
    assert.deepEqual(mailbox.all()[0]?.to, ["b@example.org"]);
  });

  it("refuses a wrong password, and another user with the right one", async () => {
    assert.match(await send(port, "wrong"), /^535/);
    assert.match(await send(port, "right", true, "", { user: "others" }), /^535/);
  });
  it("refuses a password that would travel in the clear", async () =>
    assert.match(await send(port, "right", false), /^538/));

  it("forgets the oldest mails", () => {
    for (let index = 0; index < 5; index++) mailbox.add({ from: "", to: [], subject: String(index), text: "" });
    assert.deepEqual(
      mailbox.all().map(({ subject }) => subject),
      ["4", "3", "2"],
    );
  });

  it("raises the alarm once when the heartbeat stops, and says when it is back", () => {
    const box = new Mailbox();
    const heartbeat = new Heartbeat(box, 180, 0);
    heartbeat.beat(0);
    heartbeat.check(179_000);
    assert.equal(box.all().length, 0);
    heartbeat.check(180_000);
    heartbeat.check(190_000);
    heartbeat.beat(200_000);
    assert.deepEqual(
      box.all().map(({ subject }) => subject),
      ["[RESOLVED] page: The alerting works again", "[FIRING] page: The alerting is silent"],
    );
  });

  it("waits longer for the first beat of all, but not for ever", () => {
    const box = new Mailbox();
    const heartbeat = new Heartbeat(box, 180, 0);
    heartbeat.check(599_000);
    assert.equal(box.all().length, 0);
    heartbeat.check(600_000);
    assert.equal(box.all().length, 1);
  });

  it("shows alerts that come by the way of the heartbeat because mail is what fails", () => {
    const box = new Mailbox();
    const beat = new Heartbeat(box, 60, 0);
    const alert = (alertname: string) => ({
      status: "firing",
      labels: { alertname, severity: "page" },
      annotations: { summary: "Messages by email fail", description: "3", runbook_url: "docs" },
    });
    const before = beat.last;
    takeWebhook(JSON.stringify({ alerts: [alert("MessagesFail")] }), box, beat);
    assert.equal(beat.last, before);
    takeWebhook(JSON.stringify({ alerts: [alert("Watchdog")] }), box, beat);
    assert.notEqual(beat.last, before);
    assert.deepEqual(
      box.all().map(({ subject }) => subject),
      ["[FIRING] page: Messages by email fail (not by mail)"],
    );
  });

  it("serves so many recipients and clients at once and no more, and nobody who is silent", async () => {
    assert.match(await send(port, "right", true, "", { recipients: 51 }), /^452/);
    assert.ok((smtp.options.socketTimeout ?? Infinity) <= 30_000);
    const sockets = Array.from({ length: 21 }, () => connectPlain(port, "127.0.0.1"));
    const greetings = await Promise.all(sockets.map(async (socket) => String((await once(socket, "data"))[0])));
    assert.deepEqual(greetings.map((text) => text.slice(0, 3)).toSorted(), [...Array<string>(20).fill("220"), "421"]);
    await Promise.all(sockets.map((socket) => (socket.destroyed ? null : once(socket.destroy(), "close"))));
  });

  it("takes no more of a mail than it may, and goes on", async () => {
    const before = mailbox.all().length;
    assert.match(await send(port, "right", true, "x".repeat(70).concat("\r\n").repeat(20_000)), /^552/);
    assert.equal(mailbox.all().length, before);
    assert.match(await send(port, "right", true, "Subject: last\r\n\r\nhelp"), /^250/);
  });
});
