import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Binaries } from "../config/binaries.ts";
import { apiClient } from "../control-plane/api-client.ts";
import { writeConfigFiles } from "./config-files.ts";
import { ipv6Off } from "../node/guard.ts";
import { ensurePki } from "../control-plane/pki.ts";
import { processPlan } from "./process-plan.ts";

const config = { name: "dev", apiPort: 16443, httpPort: 8080, link: 7, httpNames: [], systems: [] };
const names = [
  "etcd",
  "apiserver",
  "controllerManager",
  "scheduler",
  "kubelet",
  "kubeProxy",
  "containerd",
  "runc",
  "cni",
  "nft",
  "networkPolicyController",
  "volumeProvisioner",
];

describe("what the daemons of a cluster read", function () {
  this.timeout(60_000); // making keys takes long on a busy machine
  const state = mkdtempSync(join(tmpdir(), "slipway-files-"));
  const binaries = Object.fromEntries(names.map((name) => [name, join(state, "tools", name)])) as unknown as Binaries;
  const folders = { state, run: "/run/slipway/dev", netns: "/run/netns/slipway-dev" };
  const text = (file: string) => readFileSync(join(state, file), "utf8");

  before(async () => {
    mkdirSync(binaries.cni, { recursive: true });
    writeFileSync(join(binaries.cni, "ptp"), "");
    await ensurePki(config, join(state, "pki"));
    writeConfigFiles(config, folders, binaries);
  });

  after(() => rmSync(state, { recursive: true }));

  it("lies in the cluster's own folders, never in those of another container runtime", () => {
    const everything = [
      ...["containerd.toml", "kubelet.json", "kube-proxy.json"].map((file) => text(`config/${file}`)),
      text("cni/10-slipway.conflist"),
      JSON.stringify(processPlan(config, folders, binaries)),
    ];
    for (const foreign of ["/etc/cni", "/opt/cni", "/run/containerd", "/var/lib/containerd", ".kube/config"]) {
      assert.ok(
        everything.every((content) => !content.includes(foreign)),
        `somebody reads or writes ${foreign}`,
      );
    }
  });

  it("offers containerd one folder with all network plugins, ours among them", () => {
    assert.deepEqual(readdirSync(join(state, "cni-plugins")).sort(), ["ptp", "slipway-policy"]);
  });

  it("is nobody's to read but root's: keys, users' certificates and the key of all secrets", () => {
    const files = readdirSync(state, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const own = files
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => !file.startsWith(binaries.cni));
    assert.ok(own.length > 30);
    for (const file of own) assert.equal(statSync(file).mode & 0o777, 0o600, file);
  });

  it("has every daemon listen on loopback or on the node's own address", () => {
    const { processes } = processPlan(config, folders, binaries);
    const flags = processes.flatMap(({ name, args }) => args.map((flag) => [name, ...flag.slice(2).split("=")]));
    const settings = ["kubelet", "kube-proxy"].flatMap((name) =>
      Object.entries(JSON.parse(text(`config/${name}.json`)) as object).map(([key, value]) => [
        name,
        key,
        String(value),
      ]),
    );
    const stream = [
      "containerd",
      "stream address",
      /stream_server_address = "(.*)"/.exec(text("config/containerd.toml"))?.[1],
    ];
    const listeners = [...flags, ...settings, stream].filter(([, key]) =>
      /^(listen-.*|metrics)$|address$/i.test(key ?? ""),
    );
    const found = listeners.map(([name, key, value]) => [
      `${name} ${key}`,
      value?.replace(/^https?:\/\//, "").replace(/:\d+$/, ""),
    ]);
    const [loopback, node] = ["127.0.0.1", "10.213.7.2"];
    assert.deepEqual(Object.fromEntries(found), {
      "etcd listen-client-urls": loopback,
      "etcd listen-peer-urls": loopback,
      "kube-apiserver bind-address": node,
      "kube-apiserver advertise-address": node,
      "kube-controller-manager bind-address": loopback,
      "kube-scheduler bind-address": loopback,
      "network-policy-controller metrics": loopback,
      "kubelet address": node,
      "kubelet healthzBindAddress": loopback,
      "kube-proxy healthzBindAddress": loopback,
      "kube-proxy metricsBindAddress": loopback,
      "containerd stream address": loopback,
    });
  });

  it("gives pods no IPv6 before it lets them start", () => {
    const { plugins } = JSON.parse(text("cni/10-slipway.conflist")) as { plugins: { type: string; sysctl?: object }[] };
    assert.deepEqual(
      plugins.map(({ type }) => type),
      ["ptp", "tuning", "slipway-policy"],
    );
    assert.deepEqual(plugins[1]?.sysctl, ipv6Off());
  });

  it("encrypts secrets before they are stored", () => {
    const { resources } = JSON.parse(text("config/encryption.json")) as {
      resources: [{ resources: string[]; providers: { secretbox?: { keys: { secret: string }[] } }[] }];
    };
    assert.deepEqual(resources[0].resources, ["secrets"]);
    assert.equal(Buffer.from(resources[0].providers[0]?.secretbox?.keys[0]?.secret ?? "", "base64").length, 32);
  });

  it("points users at the forwarder and daemons at the node", () => {
    assert.match(text("kubeconfig"), /https:\/\/127\.0\.0\.1:16443/);
    assert.match(text("config/kubelet.kubeconfig"), /https:\/\/10\.213\.7\.2:6443/);
    assert.doesNotThrow(() => apiClient(join(state, "kubeconfig")));
  });

  it("leads to the entry from within the cluster's network only, for names of this machine and those allowed", () => {
    const named = { ...config, httpNames: ["shop.test"] };
    const forwarder = processPlan(named, folders, binaries).processes.find(({ name }) => name === "forwarder");
    assert.equal(forwarder?.network, "host");
    assert.deepEqual(forwarder.args.slice(-4), [
      config.name,
      folders.netns,
      `${config.apiPort}=10.213.7.2:6443`,
      `http:${config.httpPort}=10.213.7.2:30080,shop.test`,
    ]);
  });

  it("restarts the daemons, but not the forwarder, when a setting changes", () => {
    const first = processPlan(config, folders, binaries).processes;
    writeConfigFiles(config, folders, { ...binaries, runc: "/other/runc" });
    const second = processPlan(config, folders, binaries).processes;
    const changed = second
      .filter((spec, index) => JSON.stringify(spec) !== JSON.stringify(first[index]))
      .map(({ name }) => name);
    assert.equal(changed.length, second.length - 1);
    assert.ok(!changed.includes("forwarder"));
  });
});
