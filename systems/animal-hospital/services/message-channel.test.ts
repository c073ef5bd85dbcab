import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { createLog } from "../../../runtime/process/log.ts";
import { channelOf, providerChannel } from "./message-channel.ts";

const MESSAGE = { noticeId: "n1", phoneNumber: "010-1234-5678", text: "we expect you" };

describe("messages to customers", () => {
  let server: Server;
  let url: string;
  let status = 202;
  const seen: { headers: IncomingMessage["headers"]; body: string }[] = [];
  before(async () => {
    server = createServer(async (request, response) => {
      seen.push({ headers: request.headers, body: await text(request) });
      response.writeHead(status).end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    url = `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/send`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });

  it("are handed to the provider with the key of the contract, and an id that tells repetitions", async () => {
    await providerChannel(url, "the-key").send(MESSAGE);
    const [request] = seen;
    assert.deepEqual(JSON.parse(request?.body ?? ""), { to: MESSAGE.phoneNumber, text: MESSAGE.text });
    assert.equal(request?.headers.authorization, "Bearer the-key");
    assert.equal(request?.headers["idempotency-key"], "n1");
  });

  it("are not taken for sent when the provider refuses them", async () => {
    status = 500;
    await assert.rejects(providerChannel(url, "the-key").send(MESSAGE), /500/);
  });

  it("go to the log where no provider is set, without the words and the number", async () => {
    const log = createLog({ service: "test", version: "0", logLevel: "silent" });
    assert.equal(channelOf({ MESSAGE_URL: url }, log).name, "provider");
    const said: unknown[] = [];
    const channel = channelOf({}, { info: (...all: unknown[]) => said.push(all) } as unknown as typeof log);
    await channel.send(MESSAGE);
    assert.equal(channel.name, "log");
    assert.doesNotMatch(JSON.stringify(said), /010|expect/);
  });
});
