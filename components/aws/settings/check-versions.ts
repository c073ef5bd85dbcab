import type { AwsSettings } from "../account/settings.ts";
import { meantBy, type Reader } from "./setting.ts";
import { BROKER_PARTITIONS, CACHE_MEMORY_GIB, DATABASE_MEMORY_GIB } from "../account/supported.ts";
import {
  CHECKED,
  KAFKA,
  KUBERNETES,
  MARIADB,
  POSTGRES,
  type Release,
  staleDays,
  VALKEY,
} from "../../../model/aws-releases.ts";

/** Versions must be offered and supported today; classes must exist for their engine. `today` is an ISO date. */
export function checkVersions(reader: Reader, { cluster, kafka, database, cache }: AwsSettings, today: string): void {
  if (cluster.kind === "new") checkVersion(reader, "slipway:clusterVersion", cluster.version, KUBERNETES, today);
  checkVersion(reader, "slipway:kafkaVersion", kafka.version, KAFKA, today);
  checkVersion(reader, "slipway:mariadbVersion", database.version, MARIADB, today);
  checkVersion(reader, "slipway:postgresVersion", database.postgresVersion, POSTGRES, today);
  checkVersion(reader, "slipway:valkeyVersion", cache.version, VALKEY, today);
  checkClass(reader, "slipway:brokerClass", kafka.brokerClass, Object.keys(BROKER_PARTITIONS), "kafka.m7g.large");
  checkClass(reader, "slipway:databaseClass", database.instanceClass, Object.keys(DATABASE_MEMORY_GIB), "db.m7g.large");
  checkClass(reader, "slipway:cacheClass", cache.nodeType, Object.keys(CACHE_MEMORY_GIB), "cache.m7g.large");
}

function checkVersion(reader: Reader, key: string, found: string, offered: readonly Release[], today: string): void {
  const supported = offered.filter(({ ends }) => ends === null || ends >= today);
  const newest = supported.at(-1)?.version ?? "";
  const known = offered.find(({ version }) => version === found);
  if (known && supported.includes(known)) return;
  const until = supported
    .map(({ version, ends }) => `${version} (${ends === null ? "end not known here" : `until ${ends}`})`)
    .join(", ");
  const expired = known?.ends ? `; standard support of ${found} ended on ${known.ends}` : "";
  const stale = staleDays(today) === null ? "" : ", which is long ago: a newer release of slipway may know more";
  reader.report({ key, found, allowed: `${until}, as of ${CHECKED}${stale}${expired}`, example: newest });
}

function checkClass(reader: Reader, key: string, found: string, classes: readonly string[], example: string): void {
  if (!classes.includes(found))
    reader.report({ key, found, allowed: classes.join(", "), example: meantBy(found, [example, ...classes]) });
}
