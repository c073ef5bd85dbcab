import { inProduction, limit, notApplicable, resourceRule } from "../../judging/rule.ts";
import type { Config } from "../../views/config-refs.ts";

export const faultsAreOff = resourceRule<Config["props"]>()({
  id: "faults-are-off",
  number: "C61",
  items: [34],
  on: ["ConfigMap"],
  severity: "critical",
  levels: inProduction,
  title: "Fault injection is switched off where customers are",
  why: "A service that can be told to fail will be.",
  fix: `data: { FAULTS_ENABLED: "false" }`,
  limits: { allowed: limit("whether faults may be on", false, false, true) },
  *check({ props }, { limit: { allowed } }) {
    const value = props.data?.["FAULTS_ENABLED"];
    if (value === undefined) return notApplicable;
    if (String(value) === "true" && !allowed) yield { path: "data.FAULTS_ENABLED", found: "true", wanted: "false" };
  },
});

const SQL_TRACE = /SHOW_SQL|SQL_LOG|LOG_SQL|SQL_TRACE|SQL_DEBUG/i;

const SCHEMA = /DDL_AUTO|HBM2DDL|AUTO_MIGRATE|SYNCHRONIZE_SCHEMA|SCHEMA_UPDATE/i;

export const quietInProduction = resourceRule<Config["props"]>()({
  id: "quiet-in-production",
  number: "C65",
  items: [35],
  on: ["ConfigMap"],
  severity: "medium",
  levels: inProduction,
  title: "No debug logs, no SQL traces, no automatic change of tables",
  why: "Debug logs fill disks and show customers' data; automatic schema changes drop columns.",
  fix: `data: { LOG_LEVEL: "info" }`,
  *check({ props }) {
    const entries = Object.entries(props.data ?? {}).filter(
      ([key]) => /LOG_?LEVEL/i.test(key) || SQL_TRACE.test(key) || SCHEMA.test(key.replace(/[.-]/g, "_")),
    );
    if (entries.length === 0) return notApplicable;
    for (const [key, value] of entries) {
      if (/LOG_?LEVEL/i.test(key) && /^(debug|trace|all|silly|verbose)$/i.test(String(value)))
        yield { path: `data.${key}`, found: String(value), wanted: "info or above" };
      if (SQL_TRACE.test(key) && /^(true|1|on)$/i.test(String(value)))
        yield { path: `data.${key}`, found: String(value), wanted: "false" };
      if (SCHEMA.test(key.replace(/[.-]/g, "_")) && /^(update|create|create-drop|true|1|on)$/i.test(String(value)))
        yield { path: `data.${key}`, found: String(value), wanted: "none or validate, and a migration Job" };
    }
  },
});
