import { type TObject, Type } from "typebox";
import { describeEvent, parseEvent } from "../../cli/running/follow-events.ts";
import { Heartbeat } from "../../components/observability/mail-sink/heartbeat.ts";
import { listPage, mailPage } from "../../components/observability/mail-sink/html-page.ts";
import { Mailbox } from "../../components/observability/mail-sink/mailbox.ts";
import { wordsOf } from "../../components/observability/mail-sink/smtp.ts";
import { takeWebhook } from "../../components/observability/mail-sink/webhook.ts";
import { visible, visibleJson } from "../../model/harmless/visible.ts";
import { createCodec } from "../../runtime/events/envelope.ts";
import { incomingRecord } from "../../runtime/events/record.ts";
import type { Reader } from "./reader.ts";

const ENVELOPE = {
  eventId: "5b0a4f0e-6f0c-4f39-9f4c-0d5d6f0f3b0a",
  eventType: "OrderPlaced",
  occurredAt: "2026-12-01T10:00:00.000Z",
  version: 1,
  orderId: "o1",
  data: { orderId: "o1", amount: 3 },
};
const EVENTS = { OrderPlaced: Type.Object({ orderId: Type.String(), amount: Type.Integer() }) as TObject };
const ALERT = {
  status: "firing",
  labels: { alertname: "MessagesFail", severity: "page" },
  annotations: { summary: "s", description: "d", runbook_url: "r" },
};
const MAIL = { subject: "It burns", to: "a@example.org", text: "help" };

/** What services tell each other, what alerting tells people, and what pods log. */
export const messages: readonly Reader[] = [
  {
    name: "events of Kafka",
    samples: [ENVELOPE],
    read(words) {
      const raw = { key: Buffer.from("o1"), value: Buffer.from(words), headers: [] };
      return visibleJson(
        createCodec(EVENTS, "orderId").decode(incomingRecord({ topic: "t", partition: 0, offset: 1n }, raw)),
      );
    },
  },
  {
    name: "messages of Alertmanager",
    samples: [{ alerts: [ALERT] }],
    read(words) {
      const box = new Mailbox();
      takeWebhook(words, box, new Heartbeat(box, 60));
      return pagesOf(box);
    },
  },
  {
    name: "mails",
    samples: [MAIL],
    written: (input) => {
      const [subject, to, text] = ["subject", "to", "text"].map((name) => words(Object(input)[name]));
      return `Subject: ${subject}\r\nTo: ${to}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${text}`;
    },
    async read(words) {
      const box = new Mailbox();
      box.add({ from: words, to: [words], ...(await wordsOf(Buffer.from(words))) });
      return pagesOf(box);
    },
  },
  {
    name: "lines that pods log",
    samples: [{ msg: "event published", time: "2026-12-01T10:00:00.000Z", service: "order", event: "E", key: "k" }],
    read(words) {
      const event = parseEvent(words);
      return event ? describeEvent(event) : visible(words);
    },
  },
];

function words(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function pagesOf(box: Mailbox): string {
  return [listPage(box.all(), new Date(0).toISOString()), ...box.all().map(mailPage), visibleJson(box.all())].join(
    "\n",
  );
}
