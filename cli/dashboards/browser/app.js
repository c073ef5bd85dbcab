import uPlot from "/uplot.js";
import { align, fill, format, legend } from "/values.js";

const COLORS = [
  "#2563eb",
  "#ea580c",
  "#16a34a",
  "#9333ea",
  "#dc2626",
  "#0891b2",
  "#ca8a04",
  "#db2777",
  "#4b5563",
  "#65a30d",
];
const REFRESH_MS = 15_000;
const AT_ONCE = 6;
const byId = (id) => document.getElementById(id);
const { dashboards, scrapeSeconds } = await (await fetch("/dashboards.json")).json();
let round = 0;

async function ask(path, parameters) {
  const reply = await (await fetch(`/api/v1/${path}?${new URLSearchParams(parameters)}`)).json();
  if (reply.status !== "success") throw new Error(reply.error ?? "no answer");
  return reply.data;
}

function options(select, values, label = (value) => value) {
  const before = select.value;
  select.replaceChildren(...values.map((value) => new Option(label(value), value)));
  if (values.includes(before)) select.value = before;
}

/** Shows one dashboard; an older call that is still waiting gives up. */
async function show() {
  const mine = ++round;
  const dashboard = dashboards.find(({ uid }) => uid === byId("dashboard").value) ?? dashboards[0];
  document.title = dashboard.title;
  if (location.pathname !== `/d/${dashboard.uid}`)
    history.replaceState(null, "", `/d/${dashboard.uid}${location.search}`);
  const panels = dashboard.panels.map((panel) => ({ panel, element: place(panel) }));
  byId("panels").replaceChildren(...panels.map(({ element }) => element));
  const waiting = panels.filter(({ panel }) => panel.type !== "row");
  const time = axis();
  const marks = await markTimes(dashboard, time).catch(() => []);
  let failed = 0;
  const work = async () => {
    for (let next = waiting.shift(); next && mine === round; next = waiting.shift()) {
      await draw(next.panel, next.element, time, marks).catch((error) => {
        failed += 1;
        next.element.dataset.state = "failed";
        body(next.element).replaceChildren(
          Object.assign(document.createElement("div"), { className: "error", textContent: error.message }),
        );
      });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (mine !== round) return;
  byId("status").textContent =
    `${new Date().toISOString().slice(11, 19)} UTC${failed > 0 ? `, ${failed} panels failed` : ""}`;
  document.body.dataset.state = failed > 0 ? "failed" : "drawn";
}

function place(panel) {
  if (panel.type === "row") return Object.assign(document.createElement("h2"), { textContent: panel.title });
  const section = document.createElement("section");
  const title = Object.assign(document.createElement("h3"), { textContent: panel.title, title: panel.description });
  section.style.gridColumn = `span ${panel.gridPos.w}`;
  section.dataset.panel = String(panel.id);
  section.append(title, Object.assign(document.createElement("div"), { className: "body" }));
  return section;
}

const body = (section) => section.querySelector(".body");

/** About 120 points across the chosen time, on whole steps so that refreshing does not make lines dance. */
function axis() {
  const range = Number(byId("range").value);
  const step = Math.max(scrapeSeconds, Math.ceil(range / 120 / scrapeSeconds) * scrapeSeconds);
  const end = Math.floor(Date.now() / 1000 / step) * step;
  return {
    start: end - Math.floor(range / step) * step,
    end,
    step,
    rateSeconds: Math.max(4 * scrapeSeconds, step + scrapeSeconds),
  };
}

const chosen = (time) => ({
  job: byId("job").value || ".+",
  instance: byId("instance").value || ".+",
  rateSeconds: time.rateSeconds,
});

async function markTimes({ annotations }, time) {
  const all = await Promise.all(
    (annotations?.list ?? [])
      .filter(({ expr }) => expr)
      .map(({ expr }) => ask("query_range", { query: expr, start: time.start, end: time.end, step: time.step })),
  );
  return [...new Set(all.flatMap(({ result }) => result.flatMap(({ values }) => values.map(([at]) => at))))];
}

async function draw(panel, element, time, marks) {
  const unit = panel.fieldConfig?.defaults?.unit ?? "none";
  const answers = await Promise.all(
    panel.targets.map(async (target) => {
      const query = fill(target.expr, chosen(time));
      const { result } =
        panel.type === "stat"
          ? await ask("query", { query })
          : await ask("query_range", { query, start: time.start, end: time.end, step: time.step });
      return result.map(({ metric, values, value }) => ({
        name: legend(target.legendFormat ?? "", metric),
        values: values ?? [value],
      }));
    }),
  );
  const series = answers.flat().toSorted((a, b) => a.name.localeCompare(b.name));
  element.dataset.series = String(series.length);
  element.dataset.state = series.length === 0 ? "empty" : "drawn";
  if (series.length === 0)
    body(element).replaceChildren(
      Object.assign(document.createElement("div"), { className: "empty", textContent: "nothing in this time" }),
    );
  else if (panel.type === "stat") figures(element, series, unit);
  else chart(element, series, unit, time, marks, panel.type === "state-timeline");
}

function figures(element, series, unit) {
  const list = Object.assign(document.createElement("div"), { className: "figures" });
  list.append(
    ...series.map(({ name, values }) => {
      const row = Object.assign(document.createElement("div"), { className: "figure" });
      row.append(
        name,
        Object.assign(document.createElement("b"), { textContent: format(Number(values.at(-1)[1]), unit) }),
      );
      return row;
    }),
  );
  body(element).replaceChildren(list);
}

function chart(element, series, unit, time, marks, stepped) {
  const target = body(element);
  target.replaceChildren();
  const write = (_, value) => format(value, unit);
  const color = getComputedStyle(document.body).color;
  const ticks = { stroke: color, grid: { stroke: "#8883", width: 1 }, ticks: { stroke: "#8883" } };
  new uPlot(
    {
      width: Math.max(200, target.clientWidth),
      height: 190,
      cursor: { sync: { key: "all" } },
      series: [
        { value: (_, at) => (at === null ? "–" : new Date(at * 1000).toISOString().slice(11, 19)) },
        ...series.map(({ name }, index) => ({
          label: name,
          stroke: COLORS[index % COLORS.length],
          width: 1.5,
          fill: stepped ? `${COLORS[index % COLORS.length]}33` : undefined,
          paths: stepped ? uPlot.paths.stepped({ align: 1 }) : undefined,
          value: write,
          spanGaps: false,
          points: { show: false },
        })),
      ],
      scales: { y: { range: (_, low, high) => [Math.min(0, low ?? 0), stepped ? 1.05 : high > 0 ? high * 1.1 : 1] } },
      axes: [ticks, { ...ticks, size: 62, values: (_, values) => values.map((value) => format(value, unit)) }],
      hooks: { draw: [(plot) => line(plot, marks)] },
    },
    align(series, time.start, time.end, time.step),
    target,
  );
}

/** A thin line wherever something was deployed. */
function line(plot, marks) {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.strokeStyle = "#2563eb88";
  ctx.setLineDash([4, 4]);
  for (const at of marks) {
    const x = plot.valToPos(at, "x", true);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}

async function start() {
  options(
    byId("dashboard"),
    dashboards.map(({ uid }) => uid),
    (uid) => dashboards.find((dashboard) => dashboard.uid === uid).title,
  );
  const wanted = /^\/d\/(.+)$/.exec(location.pathname)?.[1];
  if (dashboards.some(({ uid }) => uid === wanted)) byId("dashboard").value = wanted;
  for (const name of ["job", "instance"]) {
    const values = await ask(`label/${name}/values`, {}).catch(() => []);
    options(byId(name), ["", ...values], (value) => value || "all");
  }
  for (const name of ["dashboard", "job", "instance", "range"]) byId(name).addEventListener("change", show);
  addEventListener("resize", () => {
    clearTimeout(start.later);
    start.later = setTimeout(show, 300);
  });
  await show();
  setInterval(() => {
    if (!document.hidden) void show();
  }, REFRESH_MS);
}

await start();
