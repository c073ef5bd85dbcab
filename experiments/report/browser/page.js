// Draws the charts of a report; the tables are in the page already.
const proofs = JSON.parse(document.getElementById("report").textContent);
const COLORS = ["#2563eb", "#ea580c", "#16a34a", "#9333ea", "#dc2626", "#0891b2", "#ca8a04", "#db2777", "#6b7280"];
const MARK = { fault: "#dc2626", repair: "#16a34a", seen: "#6b7280" };
const HEIGHT = 170;
const drawn = [];
let onPaper = false;

const ink = () => (!onPaper && matchMedia("(prefers-color-scheme: dark)").matches ? "#e5e7eb" : "#1f2937");

/** Lines across a chart where something was broken, put back or seen. */
const marksOf = (marks) => (u) => {
  for (const { at, kind } of marks) {
    const x = u.valToPos(at / 1000, "x", true);
    u.ctx.save();
    u.ctx.strokeStyle = MARK[kind];
    u.ctx.lineWidth = kind === "fault" ? 2 : 1;
    u.ctx.setLineDash(kind === "seen" ? [2, 4] : []);
    u.ctx.beginPath();
    u.ctx.moveTo(x, u.bbox.top);
    u.ctx.lineTo(x, u.bbox.top + u.bbox.height);
    u.ctx.stroke();
    u.ctx.restore();
  }
};

function chart(place, title, xs, lines, marks) {
  const box = Object.assign(document.createElement("div"), { className: "chart" });
  const head = Object.assign(document.createElement("h3"), { textContent: title });
  const body = document.createElement("div");
  box.append(head, body);
  place.append(box);
  const axis = { stroke: ink(), grid: { stroke: "#8883", width: 1 }, ticks: { stroke: "#8883", width: 1 } };
  const options = {
    width: Math.max(240, body.clientWidth),
    height: HEIGHT,
    scales: { x: { time: false }, y: { range: (_, _low, high) => [0, Math.max(high ?? 0, 1) * 1.1] } },
    axes: [
      { ...axis, values: (_, ticks) => ticks.map((tick) => `${tick} s`) },
      { ...axis, size: 48 },
    ],
    series: [
      { label: "after" },
      ...lines.map(({ name, color }, index) => ({
        label: name,
        stroke: color ?? COLORS[index % COLORS.length],
        width: 1.5,
        spanGaps: true,
        points: { show: false },
      })),
    ],
    hooks: { draw: [marksOf(marks)] },
  };
  drawn.push({ plot: new uPlot(options, [xs, ...lines.map(({ values }) => values)], body), body });
}

/** Points of several series on one common time. */
function aligned(series) {
  const xs = [...new Set(series.flatMap(({ points }) => points.map(([at]) => Math.round(at / 1000))))].sort(
    (a, b) => a - b,
  );
  const lines = series.map(({ name, points }) => {
    const values = new Map(points.map(([at, value]) => [Math.round(at / 1000), value]));
    return { name, values: xs.map((x) => values.get(x) ?? null) };
  });
  return [xs, lines];
}

function drawRun(place, { seconds, series, marks }) {
  chart(
    place,
    "Requests a second",
    seconds.at,
    [
      { name: "answered", values: seconds.answered, color: "#16a34a" },
      { name: "failed", values: seconds.failed, color: "#dc2626" },
    ],
    marks,
  );
  chart(
    place,
    "Time to the answer, ms",
    seconds.at,
    [
      { name: "p50", values: seconds.p50 },
      { name: "p99", values: seconds.p99 },
    ],
    marks,
  );
  const TITLES = {
    replicas: "Ready replicas",
    "breakers open": "Pods whose breaker is open",
    MiB: "Memory, MiB (largest pod)",
    restarts: "Restarts since the beginning",
  };
  for (const [unit, title] of Object.entries(TITLES)) {
    const of = series.filter((one) => one.unit === unit && one.points.length > 0);
    if (of.length > 0) chart(place, title, ...aligned(of), marks);
  }
  const list = Object.assign(document.createElement("ol"), { className: "marks" });
  list.append(
    ...marks.map(({ at, what, kind }) => {
      const item = Object.assign(document.createElement("li"), { textContent: `${(at / 1000).toFixed(1)} s: ${what}` });
      item.style.color = kind === "seen" ? "" : MARK[kind];
      return item;
    }),
  );
  place.append(list);
}

function drawAll() {
  for (const { plot } of drawn.splice(0)) plot.destroy();
  for (const place of document.querySelectorAll(".charts")) {
    place.replaceChildren();
    const proof = proofs.find(({ id }) => id === place.dataset.proof);
    const run = place.dataset.run === "control" ? proof?.control : proof?.runs[Number(place.dataset.run)];
    if (run && place.parentElement.open) drawRun(place, run);
  }
  document.body.dataset.state = "drawn";
}

drawAll();
for (const details of document.querySelectorAll("details")) details.addEventListener("toggle", drawAll);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
let width = innerWidth;
addEventListener("resize", () => {
  if (innerWidth === width) return; // a phone's address bar comes and goes
  width = innerWidth;
  drawAll();
});
const paper = (is) => () => {
  onPaper = is;
  drawAll();
};
addEventListener("beforeprint", paper(true));
addEventListener("afterprint", paper(false));
