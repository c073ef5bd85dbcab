import assert from "node:assert/strict";
import { planSystem } from "../../model/plan.ts";
import { TIMING } from "../../monitors/timing.ts";
import { fishdelivery } from "../../systems/fishdelivery/system.ts";
import { recordResources } from "../../test/record-resources.ts";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { Kubernetes } from "../kinds.ts";
import { packed } from "./file-maps.ts";
import { GRAFANA_IMAGE, runGrafana } from "./grafana.ts";
import { dashboardFiles } from "./grafana-files.ts";

const scope = { plan: planSystem(fishdelivery, "prod"), timing: TIMING.standard, stores: "cloud" } as const;
const files = dashboardFiles([scope]);

interface Mounted {
  readonly mountPath: string;
  readonly name: string;
}
interface Pod {
  readonly containers: readonly {
    readonly volumeMounts: readonly Mounted[];
    readonly env: readonly { readonly name: string; readonly value?: string }[];
  }[];
}

async function registered(): Promise<
  Record<string, { data?: Record<string, string>; spec?: { template: { spec: Pod } } }>
> {
  const found = await recordResources("prod", (parent) => {
    const provider = new Kubernetes("cluster", {}, { parent });
    runGrafana(
      {
        namespace: "monitoring",
        storageClass: null,
        image: () => ({ reference: "", version: "" }),
        numbers: scope.plan.numbers.monitoring,
        surroundings: { apiServer: [], machines: [], inside: [] },
        opts: { parent, provider },
      },
      [scope],
      pulumi.secret("password"),
    );
  });
  return Object.fromEntries(
    found.map(({ type, name, inputs }) => [`${type.split(":").at(-1)} ${name}`, inputs as object]),
  );
}

describe("Grafana", () => {
  it("is the official image, pinned by its digest", () =>
    assert.match(GRAFANA_IMAGE.reference, /^docker\.io\/grafana\/grafana:\d+\.\d+\.\d+@sha256:[0-9a-f]{64}$/));

  it("is given a data source and a folder of dashboards as it reads them", async () => {
    const found = await registered();
    const sources = parse(found["ConfigMap monitoring-grafana-sources"]?.data?.["prometheus.yaml"] ?? "") as unknown;
    assert.deepEqual(sources, {
      apiVersion: 1,
      datasources: [
        {
          name: "Prometheus",
          uid: "prometheus",
          type: "prometheus",
          access: "proxy",
          url: "http://prometheus:9090",
          isDefault: true,
          editable: false,
        },
      ],
    });
    const folders = parse(found["ConfigMap monitoring-grafana-folders"]?.data?.["slipway.yaml"] ?? "") as {
      apiVersion: number;
      providers: { type: string; disableDeletion: boolean; options: { path: string } }[];
    };
    const [container] = found["StatefulSet monitoring-grafana"]?.spec?.template.spec.containers ?? [];
    assert.equal(folders.apiVersion, 1);
    assert.ok(container?.volumeMounts.some(({ mountPath }) => mountPath === folders.providers[0]?.options.path));
    assert.deepEqual(
      Object.keys(found["ConfigMap monitoring-grafana-dashboards"]?.data ?? {}).toSorted(),
      Object.keys(files).toSorted(),
    );
  });

  it("lets nobody in without a password and sends nothing anywhere", async () => {
    const [container] = (await registered())["StatefulSet monitoring-grafana"]?.spec?.template.spec.containers ?? [];
    const value = (name: string) => container?.env.find((one) => one.name === name)?.value;
    for (const name of ["GF_AUTH_ANONYMOUS_ENABLED", "GF_USERS_ALLOW_SIGN_UP", "GF_ANALYTICS_REPORTING_ENABLED"])
      assert.equal(value(name), "false", name);
    assert.equal(value("GF_SECURITY_ADMIN_PASSWORD"), undefined); // from the Secret
    assert.deepEqual([value("GF_SERVER_DOMAIN"), value("GF_SERVER_ENFORCE_DOMAIN")], ["localhost", "true"]);
  });

  it("gets dashboards in the format of its schema, each under a name of its own", () => {
    for (const [file, text] of Object.entries(files)) {
      const board = JSON.parse(text) as {
        uid: string;
        title: string;
        schemaVersion: number;
        editable: boolean;
        panels: { id: number; type: string; gridPos: { x: number; w: number } }[];
      };
      assert.equal(file, `${board.uid}.json`);
      assert.ok(board.uid.length <= 40 && /^[\w-]+$/.test(board.uid), `${board.uid} is no name that Grafana takes`);
      assert.ok(board.schemaVersion >= 36 && board.title !== "" && !board.editable);
      assert.equal(new Set(board.panels.map(({ id }) => id)).size, board.panels.length);
      for (const { type, gridPos } of board.panels)
        assert.ok(
          ["row", "timeseries", "stat", "state-timeline"].includes(type) && gridPos.x + gridPos.w <= 24,
          `${file}: ${type}`,
        );
    }
  });
});

describe("files in ConfigMaps", () => {
  it("are spread so that every object stays below what Kubernetes takes", () => {
    const groups = packed(
      [
        ["a", "x".repeat(600)],
        ["b", "x".repeat(300)],
        ["c", "x".repeat(200)],
        ["d", "x".repeat(2000)],
      ],
      1000,
    );
    assert.deepEqual(
      groups.map((group) => group.map(([name]) => name)),
      [["a", "b"], ["c"], ["d"]],
    );
  });
});
