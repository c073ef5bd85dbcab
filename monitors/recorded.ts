/** Series that recording rules make; they carry `namespace`, `system` and `service` like scraped ones. */
export const RECORDED = {
  /** 1 for every service that should be there: what nobody scrapes can still be missed. */
  declared: "slipway:service:declared",
  /** 1 for every store a system needs. */
  store: "slipway:store:declared",
  /** Seconds after which the last good run of a job is too old. */
  fresh: "slipway:job:fresh_within_seconds",
  objective: "slo:objective:ratio",
  total: "slo:events:rate",
  bad: "slo:events_bad:rate",
  ratio: "slo:error_ratio",
  /** 1 while the cause of a broken promise is known; not there otherwise. */
  explained: "slo:explained",
  /** Alerts that fire, with the labels that every panel asks for. */
  firing: "slipway:alerts:firing",
} as const;

/** The recorded error ratio over one window: `slo:error_ratio:1h`. Named after the standard window; in the lab's haste the real one is shorter. */
export function ratioOver(window: string): string {
  return `${RECORDED.ratio}:${window}`;
}
