import assert from "node:assert/strict";
import { mskToken, signedToken } from "./msk-token.ts";

const token = signedToken({ AccessKeyId: "AKID", SecretAccessKey: "secret", Token: "session/token" }, "eu-west-1", new Date("2026-01-02T03:04:05.678Z"));
const url = new URL(Buffer.from(token, "base64url").toString());

describe("the MSK login token", () => {
  it("is a pre-signed address of the region's broker action, valid for a quarter of an hour", () => {
    assert.equal(url.host, "kafka.eu-west-1.amazonaws.com");
    assert.deepEqual(["Action", "X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders"].map((name) => url.searchParams.get(name)),
      ["kafka-cluster:Connect", "AKID/20260102/eu-west-1/kafka-cluster/aws4_request", "20260102T030405Z", "900", "host"]);
    assert.match(url.searchParams.get("X-Amz-Signature") ?? "", /^[0-9a-f]{64}$/);
  });

  it("contains no secret key", () => assert.doesNotMatch(url.href, /secret(?!urity)/i));

  it("names what is missing outside a pod with an identity", async () => {
    await assert.rejects(mskToken({}), /AWS_REGION and a Pod Identity association/);
  });
});
