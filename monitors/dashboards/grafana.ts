/** The only module that knows Grafana's format: its builders still change from release to release. */
import {
  DashboardBuilder,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  AnnotationQueryBuilder,
  VariableRefresh,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StatBuilder } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as StatesBuilder } from "@grafana/grafana-foundation-sdk/statetimeline";
import { PanelBuilder as LinesBuilder } from "@grafana/grafana-foundation-sdk/timeseries";
import type { Unit } from "../signal.ts";
import type { Dashboard, Panel } from "./dashboard.ts";
import type { GrafanaDashboard, GrafanaPanel, GrafanaVariable } from "./grafana-json.ts";

const SOURCE = { type: "prometheus", uid: "${datasource}" };

/** Columns of Grafana's grid: three panels of lines stand beside each other, six figures. */
const WIDTH = { lines: 8, figure: 4, states: 8 } as const;
const HEIGHT = { lines: 7, figure: 4, states: 7 } as const;

/** Units of ours that Grafana does not know. */
const UNITS: Partial<Record<Unit, string>> = { cores: "short" };

/** One dashboard as Grafana imports it. */
export function grafanaDashboard(dashboard: Dashboard): GrafanaDashboard {
  const builder = new DashboardBuilder(dashboard.title)
    .uid(dashboard.uid)
    .tags(["slipway", ...dashboard.tags])
    .readonly()
    .timezone("utc")
    .refresh("30s")
    .time({ from: "now-1h", to: "now" })
    .withVariable(new DatasourceVariableBuilder("datasource").label("Data source").type("prometheus"))
    .withVariable(choice("job", "Job", dashboard))
    .withVariable(choice("instance", "Instance", dashboard));
  for (const { name, expr } of dashboard.marks) {
    builder.annotation(
      new AnnotationQueryBuilder().name(name).datasource(SOURCE).enable(true).expr(expr).iconColor("blue"),
    );
  }
  for (const row of dashboard.rows) {
    builder.withRow(new RowBuilder(row.title));
    for (const panel of row.panels) builder.withPanel(grafanaPanel(panel));
  }
  return numbered(builder.build());
}

function choice(name: string, label: string, { where }: Dashboard): QueryVariableBuilder {
  const filter = where.length === 0 ? "" : `{${where.join(",")}}`;
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(SOURCE)
    .query(`label_values(up${filter}, ${name})`)
    .multi(true)
    .includeAll(true)
    .allValue(".+")
    .refresh(VariableRefresh.OnTimeRangeChanged);
}

function grafanaPanel(panel: Panel): LinesBuilder | StatBuilder | StatesBuilder {
  const { title, description, unit, look, queries } = panel;
  const builder =
    look === "lines"
      ? new LinesBuilder().fillOpacity(8).lineWidth(1)
      : look === "figure"
        ? new StatBuilder()
        : new StatesBuilder();
  builder
    .title(title)
    .description(description)
    .unit(UNITS[unit] ?? unit)
    .datasource(SOURCE)
    .span(WIDTH[look])
    .height(HEIGHT[look]);
  queries.forEach(({ expr, legend }, index) => {
    builder.withTarget(
      new DataqueryBuilder()
        .datasource(SOURCE)
        .expr(expr)
        .legendFormat(legend)
        .refId(String.fromCharCode(65 + index)),
    );
  });
  return builder;
}

/** Every panel with a number of its own, so that a link to a panel stays a link to it. */
function numbered(built: ReturnType<DashboardBuilder["build"]>): GrafanaDashboard {
  const panels = (built.panels ?? []) as GrafanaPanel[];
  const { list = [] } = built.templating as { list?: GrafanaVariable[] };
  return {
    ...built,
    uid: built.uid ?? "",
    title: built.title ?? "",
    editable: built.editable ?? true,
    templating: { list },
    panels: panels.map((panel, index) => ({ ...panel, id: index + 1 })),
  };
}
