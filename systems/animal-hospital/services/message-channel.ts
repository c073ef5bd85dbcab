import type { Log } from "../../../runtime/process/log.ts";

/** A text message to somebody's telephone. */
export interface Message {
  /** The same for every attempt, so that a provider can tell a repetition from a second message. */
  readonly noticeId: string;
  readonly phoneNumber: string;
  readonly text: string;
}

/** A way to a customer's telephone; throws when the message could not be handed over. */
export interface MessageChannel {
  readonly name: string;
  send(message: Message): Promise<void>;
}

const TIMEOUT_MS = 5000;

/** Writes down that a message would have been sent, with nothing of its contents: for machines without a provider. */
export function logChannel(log: Log): MessageChannel {
  return { name: "log", send: async ({ noticeId }) => log.info({ noticeId }, "message sent") };
}

/** Hands messages over to a provider of text messages, such as Kakao's partners: a POST for each, with the key of the contract. */
export function providerChannel(url: string, key: string): MessageChannel {
  return {
    name: "provider",
    async send({ noticeId, phoneNumber, text }) {
      const response = await fetch(url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          authorization: `Bearer ${key}`,
          "idempotency-key": noticeId,
        },
        body: JSON.stringify({ to: phoneNumber, text }),
        redirect: "error",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`the provider of messages answered ${response.status}`);
    },
  };
}

/** The channel that the service's own settings name: a provider where MESSAGE_URL says where one is, else the log. */
export function channelOf(env: Readonly<Record<string, string | undefined>>, log: Log): MessageChannel {
  const url = env["MESSAGE_URL"];
  return url === undefined || url === "" ? logChannel(log) : providerChannel(url, env["MESSAGE_KEY"] ?? "");
}
