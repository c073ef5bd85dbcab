import { stringify } from "yaml";

/** A rule of Prometheus; seconds are written as durations by `ruleFile`. */
export type Rule = RecordingRule | AlertingRule;
export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels: Labels;
}
export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly keep_firing_for?: string;
  readonly labels: Labels;
  readonly annotations: Labels;
}
export type Labels = Readonly<Record<string, string>>;

/** Rules that are evaluated one after the other, so that a later one may read what an earlier one has just recorded. */
export interface RuleGroup {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly Rule[];
}

/** A rule file as Prometheus reads it. */
export function ruleFile(groups: readonly RuleGroup[]): string {
  return stringify({ groups }, { lineWidth: 0, aliasDuplicateObjects: false });
}
