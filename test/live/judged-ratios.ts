import { BURN_WINDOWS, ENOUGH_EVENTS, hasty } from "../../monitors/burn-rates.ts";
import { duration } from "../../monitors/promql/duration.ts";
import { RECORDED } from "../../monitors/recorded.ts";
import { TIMING } from "../../monitors/timing.ts";

const SLOWEST = Math.max(...BURN_WINDOWS.filter(({ severity }) => severity === "page").map(({ long }) => long));
const COUNTED = `sum_over_time(${RECORDED.total}{service=~"mypage|order",slo!="freshness"}[${duration(hasty(TIMING.lab, SLOWEST))}])`;

/** Asks whether burn rates page about mypage and order: not before enough has happened, and not while the start explains what failed. */
export const JUDGED = `min(${COUNTED}) * ${TIMING.lab.evaluation} > ${ENOUGH_EVENTS} unless on () ALERTS{alertname="Aftermath",alertstate="firing"}`;
