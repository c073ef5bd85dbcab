import assert from "node:assert/strict";
import { askGood } from "../testing/asked.ts";
import { holdEverybody } from "./addresses.ts";

describe("ranges of addresses", () => {
  for (const [ranges, everybody] of [
    [["0.0.0.0/0"], true],
    [["::/0"], true],
    [["0.0.0.0/1", "128.0.0.0/1"], true],
    [["0.0.0.0/2", "64.0.0.0/2"], true],
    [["::/1", "8000::/1"], true],
    [["10.0.0.0/8", "10.0.0.0/9"], false],
    [["203.0.113.0/24", undefined, "no address"], false],
  ] as const)
    it(`are everybody, or not: ${ranges.join(" ")}`, () => assert.equal(holdEverybody(ranges), everybody));
});

describe("a repository for everybody with a condition", () => {
  const open = (statement: object): number =>
    askGood("repository-private", {
      "RepositoryPolicy/shop policy": { Statement: [{ Effect: "Allow", Principal: "*", ...statement }] },
    }).found.length;
  it("is closed by one that says who may come, and by no other", () => {
    assert.equal(open({ Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }), 0);
    assert.equal(open({ Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/*" } } }), 0);
    assert.equal(open({ Condition: { IpAddress: { "aws:SourceIp": ["203.0.113.0/24"] } } }), 0);
    assert.equal(open({ Condition: { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-1" } } }), 1);
    assert.equal(open({ Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-1" } } }), 1);
    assert.equal(open({ Condition: { StringLike: { "aws:PrincipalArn": "*" } } }), 1);
    assert.equal(open({ Condition: { Bool: { "aws:SecureTransport": "true" } } }), 1);
    assert.equal(open({ Condition: { DateGreaterThan: { "aws:CurrentTime": "2026-01-01" } } }), 1);
    assert.equal(open({ Condition: {} }), 1);
  });
  it("is open to all but those whom it leaves out", () => {
    assert.equal(open({ Principal: undefined, NotPrincipal: { AWS: "123456789012" } }), 1);
    assert.equal(open({ Principal: { AWS: ["123456789012", "*"] } }), 1);
    assert.equal(open({ Principal: { Service: "lambda.amazonaws.com" } }), 0);
  });
});

describe("what the provider assumes", () => {
  it("counts where nothing is said", () => {
    assert.deepEqual(askGood("minor-upgrades", { "Instance/db autoMinorVersionUpgrade": undefined }).found, []);
    assert.deepEqual(askGood("kafka-encrypted", { "Cluster/events encryptionInfo": {} }).found, []);
  });
});
