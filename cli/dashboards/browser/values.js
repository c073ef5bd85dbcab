/** How values of one unit are written, for axes and figures. */
export function format(value, unit) {
  if (value === null || value === undefined || Number.isNaN(value)) return "–";
  if (unit === "percentunit") return `${number(value * 100)} %`;
  if (unit === "bool_on_off") return value > 0 ? "yes" : "no";
  if (unit === "s") return seconds(value);
  if (unit === "ms") return seconds(value / 1000);
  if (unit === "bytes" || unit === "Bps") return bytes(value) + (unit === "Bps" ? "/s" : "");
  if (unit === "reqps" || unit === "ops") return `${number(value)}/s`;
  return number(value);
}

function number(value) {
  const size = Math.abs(value);
  if (size >= 1e6) return `${(value / 1e6).toPrecision(3)} M`;
  if (size >= 1e4) return `${(value / 1e3).toPrecision(3)} k`;
  return String(Number(value.toPrecision(3)));
}

function seconds(value) {
  const size = Math.abs(value);
  if (size === 0) return "0 s";
  if (size < 1) return `${number(value * 1000)} ms`;
  if (size < 120) return `${number(value)} s`;
  if (size < 7200) return `${number(value / 60)} min`;
  return size < 172_800 ? `${number(value / 3600)} h` : `${number(value / 86_400)} d`;
}

function bytes(value) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = value === 0 ? 0 : Math.min(units.length - 1, Math.max(0, Math.floor(Math.log2(Math.abs(value)) / 10)));
  return `${number(value / 1024 ** power)} ${units[power]}`;
}

/** Grafana's variables, given a value. */
export function fill(expr, { job, instance, rateSeconds }) {
  return expr
    .replaceAll("$__rate_interval", `${rateSeconds}s`)
    .replaceAll("$job", job)
    .replaceAll("$instance", instance);
}

/** "{{service}} p99" with the labels of a series. */
export function legend(format, labels) {
  return (
    format.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (_, name) => labels[name] ?? "").trim() || Object.values(labels).join(" ")
  );
}

/** Series on one time axis: [times, values, values …], null where a series has no value. */
export function align(series, start, end, step) {
  const times = [];
  for (let time = start; time <= end; time += step) times.push(time);
  const place = new Map(times.map((time, index) => [time, index]));
  return [
    times,
    ...series.map(({ values }) => {
      const line = new Array(times.length).fill(null);
      for (const [time, value] of values) {
        const index = place.get(Math.round(time));
        if (index !== undefined && Number.isFinite(Number(value))) line[index] = Number(value);
      }
      return line;
    }),
  ];
}
