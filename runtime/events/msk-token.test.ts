import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kafkaConnection } from "./kafka-connection.ts";
import { mskToken, signedToken } from "./msk-token.ts";

const BROKERS = [
  "b-1.shop.a1b2c3.c2.kafka.eu-west-1.amazonaws.com:9098",
  "b-2.shop.a1b2c3.c2.kafka.eu-west-1.amazonaws.com:9098",
];
const CREDENTIALS = { AccessKeyId: "AKID", SecretAccessKey: "secret", Token: "session/token+x==" };
const NOW = new Date("2026-11-21T13:23:01.678Z");

const read = (token: string): URL => new URL(Buffer.from(token, "base64url").toString());

describe("the MSK login token", () => {
  const url = read(signedToken(CREDENTIALS, "eu-west-1", NOW));

  it("is a pre-signed address of the region's broker action, valid for a quarter of an hour", () => {
    assert.equal(url.host, "kafka.eu-west-1.amazonaws.com");
    assert.deepEqual(
      ["Action", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders"].map((name) =>
        url.searchParams.get(name),
      ),
      [
        "kafka-cluster:Connect",
        "AKID/20261121/eu-west-1/kafka-cluster/aws4_request",
        "20261121T132301Z",
        "900",
        "host",
      ],
    );
  });

  it("has the signature that aws-msk-iam-sasl-signer-js 1.0.3 makes of the same facts", () => {
    assert.equal(
      url.searchParams.get("X-Amz-Signature"),
      "5633aa4210181c2cd58c47a9bcbe17bc3b45bdfed2b5a452304c41966a0ae171",
    );
  });

  it("contains no secret key", () => assert.doesNotMatch(url.href, /secret(?!urity)/i));
});

describe("logging in to MSK", () => {
  const folder = mkdtempSync(join(tmpdir(), "pod-identity-"));
  const asked: (string | undefined)[] = [];
  let agent: Server;
  let env: NodeJS.ProcessEnv;

  before(async () => {
    writeFileSync(join(folder, "token"), "token-of-the-pod");
    agent = createServer((request, response) => {
      asked.push(request.headers.authorization);
      response.statusCode = request.url === "/v1/credentials" ? 200 : 403;
      response.end(JSON.stringify(CREDENTIALS));
    });
    await new Promise<void>((done) => agent.listen(0, "127.0.0.1", done));
    env = {
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${(agent.address() as AddressInfo).port}/v1/credentials`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: join(folder, "token"),
    };
  });

  after(() => {
    agent.close();
    rmSync(folder, { recursive: true });
  });

  it("asks the agent of Pod Identity with the pod's own token, and takes the region from the brokers' names", async () => {
    assert.equal(await mskToken(BROKERS, env, NOW), signedToken(CREDENTIALS, "eu-west-1", NOW));
    assert.deepEqual(asked, ["token-of-the-pod"]);
  });

  it("says when the agent refuses", async () => {
    await assert.rejects(
      mskToken(BROKERS, {
        ...env,
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `${env["AWS_CONTAINER_CREDENTIALS_FULL_URI"]}/other`,
      }),
      /Pod Identity answered 403/,
    );
  });

  it("names what is missing outside a pod with an identity", async () => {
    await assert.rejects(mskToken(BROKERS, {}), /needs brokers of MSK .* and a Pod Identity association/);
    await assert.rejects(mskToken(["kafka:9092"], env), /needs brokers of MSK/);
  });
});

describe("a connection to Kafka", () => {
  it("is encrypted and logs in by a token on AWS, with the broker's certificate checked against its name", () => {
    const { tls, tlsServerName, sasl } = kafkaConnection({ brokers: BROKERS, auth: "iam" });
    assert.deepEqual([tls, tlsServerName, sasl?.mechanism, typeof sasl?.token], [{}, true, "OAUTHBEARER", "function"]);
  });

  it("is plain inside a cluster of one's own", () => {
    const { tls, sasl } = kafkaConnection({ brokers: ["kafka:9092"], auth: "none" });
    assert.deepEqual([tls, sasl], [undefined, undefined]);
  });
});
