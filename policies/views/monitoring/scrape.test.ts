import assert from "node:assert/strict";
import { Graph } from "../../resources/graph.ts";
import { reachOf } from "./monitoring.ts";
import { changed } from "../../testing/case.ts";

const configuration = (namespaces: string, regex: string): object => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "prometheus-0a1b2c3d", namespace: "monitoring" },
  data: {
    "prometheus.yml": `global: { scrape_interval: 15s }\nscrape_configs:\n  - job_name: pods\n    kubernetes_sd_configs: [{ role: pod, namespaces: { names: [${namespaces}] } }]\n    relabel_configs:\n      - { source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_scrape], regex: "${regex}", action: keep }\n`,
  },
});

function reach(object: object, annotation = "true"): ReturnType<typeof reachOf> {
  const graph = new Graph(
    changed({
      "-": ["ServiceMonitor/order"],
      "+": [object],
      'Deployment/order spec.template.metadata.annotations["prometheus.io/scrape"]': annotation,
    }),
  );
  const workload = graph.workloadNamed("Deployment", "shop", "order");
  assert.ok(workload);
  return reachOf(graph, {}, workload);
}

describe("a plain Prometheus configuration", () => {
  it("scrapes pods that its relabelling keeps, as often as it says", () =>
    assert.equal(reach(configuration("shop", "true")).scrape?.interval, 15));
  it("does not look into other namespaces", () =>
    assert.match(reach(configuration("other", "true")).reason ?? "", /no ServiceMonitor/));
  it("drops pods that say no", () => assert.ok(reach(configuration("shop", "true"), "false").reason));
  it("reaches Services that it names, and what stands before its targets", () => {
    const named = (job: string): object => ({
      ...configuration("x", "x"),
      data: { "prometheus.yml": `scrape_configs:\n  - { job_name: none, kubernetes_sd_configs: [] }\n  - ${job}\n` },
    });
    assert.equal(
      reach(named("{ static_configs: [{ targets: ['order-0.order.shop.svc:9464'] }] }")).scrape?.interval,
      60,
    );
    assert.equal(
      reach(
        named(
          "{ static_configs: [{ targets: ['http://x.y'] }], relabel_configs: [{ target_label: __address__, replacement: 'order.shop.svc.cluster.local:9464' }] }",
        ),
      ).scrape?.interval,
      60,
    );
    assert.ok(reach(named("{ static_configs: [{ targets: ['payment.shop.svc:9464'] }] }")).reason);
  });
  it("means nothing when it cannot be read", () =>
    assert.ok(reach({ ...configuration("shop", "true"), data: { a: "kubernetes_sd_configs: [" } }).reason));
});
