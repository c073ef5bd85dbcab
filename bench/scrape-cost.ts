/**
 * What reading the kit's metrics costs a service at 100 requests a second: `node bench/scrape-cost.ts [rounds]`, with SLIPWAY_MARIADBD and
 * SLIPWAY_KAFKA_JARS as `npm test` sets them. A real broker and a real database; my page is asked and scraped.
 */

import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { TIMING } from "../monitors/timing.ts";
import { type Lab, startLab } from "../systems/fishdelivery/services/lab.ts";
import { processIds, readProc } from "../toolchain/machine/proc.ts";

const LIMIT_PERCENT = 1;
const PER_SECOND = 100;
const PHASE_SECONDS = 15;
/** Scrapes a second while they are measured: one every quarter of a minute would drown in the noise. */
const SCRAPES = 20;
/** Ticks of the processor clock in a second, on every Linux that Node.js runs on. */
const TICKS = 100;

interface Served {
  readonly pid: number;
  readonly metrics: string;
}

/** The process of my page among those that the lab started. */
function findService(): Served {
  for (const pid of processIds()) {
    const settings = new Map(
      (readProc(pid, "environ") ?? "")
        .split("\0")
        .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
    );
    if (settings.get("SERVICE") === "mypage" && settings.get("VERSION") === "lab")
      return { pid, metrics: `http://127.0.0.1:${settings.get("METRICS_PORT")}/metrics` };
  }
  throw new Error("my page does not run");
}

/** Processor seconds of a process so far. */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

async function scrape(address: string): Promise<void> {
  const text = await (await fetch(address)).text();
  if (!text.includes("http_request_duration_seconds_bucket")) throw new Error(`${address} holds no metrics of the kit`);
}

/** Processor seconds of one phase of steady requests, with or without somebody who reads the metrics. */
async function phase(lab: Lab, { pid, metrics }: Served, scraped: boolean): Promise<number> {
  const before = processorSeconds(pid);
  const open: Promise<unknown>[] = [];
  const requests = setInterval(() => open.push(lab.request("mypage", "GET", "/myPages?size=1")), 1000 / PER_SECOND);
  const scrapes = scraped ? setInterval(() => open.push(scrape(metrics)), 1000 / SCRAPES) : undefined;
  await sleep(PHASE_SECONDS * 1000);
  clearInterval(requests);
  clearInterval(scrapes);
  await Promise.all(open);
  return processorSeconds(pid) - before;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const lab = await startLab();
try {
  const service = findService();
  await phase(lab, service, true); // compiled and warm
  const costs: { perScrape: number; perSecond: number }[] = [];
  for (let round = 0; round < Number(process.argv[2] ?? 3); round += 1) {
    const [without, withScrapes] = [await phase(lab, service, false), await phase(lab, service, true)];
    costs.push({ perScrape: (withScrapes - without) / (PHASE_SECONDS * SCRAPES), perSecond: without / PHASE_SECONDS });
  }
  const [perScrape, perSecond] = [
    median(costs.map((cost) => cost.perScrape)),
    median(costs.map((cost) => cost.perSecond)),
  ];
  const percent = (perScrape / TIMING.standard.scrape / perSecond) * 100;
  console.log(
    `one scrape ${(perScrape * 1000).toFixed(1)} ms of processor; the service ${(perSecond * 100).toFixed(1)} % of a core at ${PER_SECOND} requests a second`,
  );
  console.log(
    `a scrape every ${TIMING.standard.scrape} s adds ${percent.toFixed(2)} % to what the service uses (${((perScrape / TIMING.standard.scrape) * 100).toFixed(3)} % of a core); limit ${LIMIT_PERCENT} %`,
  );
  process.exitCode = percent <= LIMIT_PERCENT ? 0 : 1;
} finally {
  await lab.close();
}
