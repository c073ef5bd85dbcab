import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { certificateRequests, ensurePki } from "./pki.ts";

const config = { name: "dev", apiPort: 1, httpPort: 2, link: 7, httpNames: [], systems: [] };

describe("the certificates of a cluster", function () {
  this.timeout(60_000); // making keys takes long on a busy machine
  const folder = mkdtempSync(join(tmpdir(), "slipway-pki-"));
  const certificate = (name: string) => new X509Certificate(readFileSync(join(folder, `${name}.crt`)));

  after(() => rmSync(folder, { recursive: true }));

  it("are all made once and then kept", async () => {
    assert.deepEqual(await ensurePki(config, folder), Object.keys(certificateRequests(config)));
    assert.deepEqual(await ensurePki(config, folder), []);
  });

  it("are signed by the authority of their door and by no other", () => {
    for (const [name, { by }] of Object.entries(certificateRequests(config))) {
      for (const authority of ["cluster", "etcd", "front-proxy"]) {
        assert.equal(
          certificate(name).verify(certificate(`${authority}-ca`).publicKey),
          authority === by,
          `${name} by ${authority}`,
        );
      }
    }
  });

  it("name the users Kubernetes knows and the hosts of the API server", () => {
    assert.match(certificate("kubelet").subject, /O=system:nodes\nCN=system:node:slipway-dev/);
    assert.match(
      certificate("apiserver").subjectAltName ?? "",
      /DNS:kubernetes\.default\.svc, .*IP Address:127\.0\.0\.1, IP Address:10\.213\.7\.2, IP Address:10\.96\.0\.1/,
    );
  });

  it("are made again, each alone, when damaged or when the address changed", async () => {
    writeFileSync(join(folder, "scheduler.crt"), "half a certif");
    assert.deepEqual(await ensurePki(config, folder), ["scheduler"]);
    assert.deepEqual(await ensurePki({ ...config, link: 8 }, folder), ["apiserver", "kubelet-server"]);
  });

  it("keep their keys from other users", () => {
    assert.equal(statSync(join(folder, "cluster-ca.key")).mode & 0o077, 0);
    assert.equal(statSync(join(folder, "encryption.key")).mode & 0o077, 0);
  });
});
