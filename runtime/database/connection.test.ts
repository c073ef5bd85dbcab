import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import { connectionOptions } from "./connection.ts";

const settings = {
  host: "shop.c1.eu-central-1.rds.amazonaws.com",
  port: 3306,
  name: "shop",
  user: "shop",
  password: "p",
};

describe("a connection to a database", () => {
  it("must be encrypted where prod says so, and the server must prove its name", () => {
    const { ssl } = connectionOptions({ ...settings, tls: "required" });
    assert.deepEqual([ssl?.rejectUnauthorized, ssl?.verifyIdentity], [true, true]);
  });

  it("trusts the authorities of RDS for every region, which Node.js does not know", () => {
    const trusted = connectionOptions({ ...settings, tls: "required" }).ssl?.ca ?? [];
    const names = trusted.map((pem) => new X509Certificate(pem).subject);
    for (const region of ["eu-central-1", "us-east-1", "ap-northeast-2"])
      assert.ok(
        names.some((name) => name.includes(`Amazon RDS ${region} Root CA RSA2048 G1`)),
        region,
      );
    assert.equal(
      trusted.some((pem) => rootCertificates.includes(pem)),
      false,
    );
  });

  it("is plain inside a cluster of one's own", () =>
    assert.equal(connectionOptions({ ...settings, tls: "off" }).ssl, undefined));
});
