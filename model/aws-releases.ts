/**
 * What AWS offers and until when, for whoever plans on it and whoever judges a plan. Every date is a last day of support, compared with endoflife.date,
 * which mirrors AWS's calendars, in its copies of February (EKS), April (RDS) and May 2026 (MSK). Where it and an older date differed, the mirror's
 * stands here. What came later is known without its date: Kubernetes 1.36 from the EKS user guide, Kafka 4.2 from the AWS CDK of November 2026.
 */
export const CHECKED = "2026-05-29";

/** Days after which such a calendar has to be looked at again: every quarter something new comes and something ends. */
const STALE_DAYS = 183;

/** One version: the last day of standard support, or null while none is known here. */
export interface Release {
  readonly version: string;
  readonly ends: string | null;
}

/** EKS release calendar. */
export const KUBERNETES: readonly Release[] = [
  { version: "1.30", ends: "2025-07-23" },
  { version: "1.31", ends: "2025-11-26" },
  { version: "1.32", ends: "2026-03-23" },
  { version: "1.33", ends: "2026-07-29" },
  { version: "1.34", ends: "2026-12-02" },
  { version: "1.35", ends: "2027-03-27" },
  { version: "1.36", ends: null },
];

/** MSK versions in KRaft mode; ZooKeeper versions are not offered here because new clusters need none. */
export const KAFKA: readonly Release[] = [
  { version: "3.7.x.kraft", ends: "2026-09-01" },
  { version: "3.9.x.kraft", ends: null },
  { version: "4.0.x.kraft", ends: null },
  { version: "4.1.x.kraft", ends: null },
  { version: "4.2.x.kraft", ends: null },
];

/** RDS for MariaDB major versions. */
export const MARIADB: readonly Release[] = [
  { version: "10.6", ends: "2026-08-31" },
  { version: "10.11", ends: "2028-02-29" },
  { version: "11.4", ends: "2029-05-31" },
  { version: "11.8", ends: "2030-06-30" },
];

/** RDS for PostgreSQL major versions. */
export const POSTGRES: readonly Release[] = [
  { version: "14", ends: "2027-02-28" },
  { version: "15", ends: "2028-02-29" },
  { version: "16", ends: "2029-02-28" },
  { version: "17", ends: "2030-02-28" },
  { version: "18", ends: null },
];

/** ElastiCache for Valkey versions; AWS has announced no end of any. */
export const VALKEY: readonly Release[] = [
  { version: "7.2", ends: null },
  { version: "8.0", ends: null },
  { version: "8.1", ends: null },
  { version: "8.2", ends: null },
];

/** What goes on for a year after standard support, for money: EKS calls it extended support. */
const EXTENDED_YEARS = 1;

/** The last day of extended support of a Kubernetes version on EKS; null while none is known. */
export function extendedEnd({ ends }: Release): string | null {
  return ends === null ? null : `${Number(ends.slice(0, 4)) + EXTENDED_YEARS}${ends.slice(4)}`;
}

/** How old these calendars are on a day (an ISO date), in whole days, where that is too old to rely on; null otherwise. */
export function staleDays(today: string): number | null {
  const days = Math.floor((Date.parse(today) - Date.parse(CHECKED)) / 86_400_000);
  return days > STALE_DAYS ? days : null;
}
