import { everywhere, limit, notApplicable, resourceRule } from "../../judging/rule.ts";
import type { Config } from "../../views/config-refs.ts";
import {
  listOf,
  mayMuteItsLike,
  readAlertmanager,
  routesOf,
  type AlertmanagerConfig,
  type Inhibition,
  type Mail,
} from "../../views/monitoring/alertmanager.ts";
import { seconds } from "../../views/entry/routes.ts";

/** What a ConfigMap holds as it is, and a Secret in base64: also where it was declared as `stringData`, once a cluster has seen it. */
function plainData(kind: string, data: Config["props"]["data"] = {}): Readonly<Record<string, string>> {
  if (kind !== "Secret") return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, text]) => [name, Buffer.from(text, "base64").toString("utf8")]),
  );
}

export const mailsArrive = resourceRule<Config["props"]>()({
  id: "mails-arrive",
  number: "C72",
  items: [6],
  on: ["ConfigMap", "Secret"],
  severity: "high",
  levels: everywhere,
  title: "Alertmanager has a way out for everything, and keeps its password in a file",
  why: "An alert without a route is dropped; without `send_resolved` nobody knows that it is over.",
  fix: `route: { receiver: "team", group_wait: "30s", repeat_interval: "4h" }, receivers: [{ name: "team", email_configs: [{ to: "team@example.com", send_resolved: true }] }]`,
  limits: { repeatSeconds: limit("shortest repetition", 300, 300, 30) },
  *check({ props, kind, name: own }, { limit: { repeatSeconds } }) {
    if (kind === "Secret" && !/alertmanager/.test(own)) return notApplicable;
    const entry = Object.entries({ ...plainData(kind, props.data), ...props.stringData }).find(([name]) =>
      /alertmanager\.(ya?ml|json)$/.test(name),
    );
    if (!entry) return notApplicable;
    const [name, text] = entry;
    const config = readAlertmanager(text);
    const path = `data["${name}"]`;
    if (typeof config === "string")
      return yield { path, found: `what Alertmanager cannot read: ${config}`, wanted: "its configuration" };
    for (const [found, wanted] of [
      ...routing(config, repeatSeconds),
      ...mails(config, repeatSeconds),
      ...inhibitions(config),
    ])
      yield { path, found, wanted };
  },
});

type Fault = readonly [found: string, wanted: string];

function* routing({ route, receivers, ...config }: AlertmanagerConfig, repeatSeconds: number): Iterable<Fault> {
  if (!route?.receiver) return yield ["no default route", "route.receiver"];
  const known = listOf(receivers).map(({ name }) => name);
  const twice = known.find((name, index) => known.indexOf(name) !== index);
  if (twice) yield [`receiver ${twice} twice`, "one of that name, or Alertmanager does not start"];
  if (route.matchers ?? route.match ?? route.match_re)
    yield ["a default route with matchers", "none, or Alertmanager does not start"];
  const times = new Set(
    [...listOf(config.time_intervals), ...listOf(config.mute_time_intervals)].map(({ name }) => name),
  );
  for (const { route: one, path } of routesOf(route)) {
    if (one.receiver !== undefined && !known.includes(one.receiver))
      yield [
        `${path}.receiver ${one.receiver}, which is not among the receivers`,
        `one of ${known.join(", ")}, or Alertmanager does not start`,
      ];
    for (const interval of [...(one.mute_time_intervals ?? []), ...(one.active_time_intervals ?? [])])
      if (!times.has(interval))
        yield [
          `${path}: time interval ${interval}, which is not declared`,
          "one of time_intervals, or Alertmanager does not start",
        ];
    const repeat = readByPeople(receivers, one.receiver ?? route.receiver) ? seconds(one.repeat_interval) : undefined;
    if (repeat !== undefined && repeat < repeatSeconds) yield [`repeat_interval ${repeat} s`, `>= ${repeatSeconds} s`];
  }
}

/** A heartbeat goes to a program by a webhook, as often as that wants it; mails go to people. */
function readByPeople(receivers: AlertmanagerConfig["receivers"], wanted: string): boolean {
  const found = listOf(receivers).find(({ name }) => name === wanted);
  return found !== undefined && listOf(found.email_configs).length > 0;
}

function* mails({ global = {}, receivers }: AlertmanagerConfig, repeatSeconds: number): Iterable<Fault> {
  const all = listOf(receivers).flatMap(({ email_configs: configs }) => listOf<Mail>(configs));
  if (all.some(({ send_resolved: resolved }) => resolved !== true))
    yield ["mails without send_resolved", "send_resolved: true"];
  if (global.smtp_auth_password !== undefined || all.some(({ auth_password: password }) => password !== undefined))
    yield ["smtp_auth_password as a literal", "smtp_auth_password_file"];
  const plain = global.smtp_require_tls === false || all.some(({ require_tls: tls }) => tls === false);
  if (plain && repeatSeconds >= 300) yield ["smtp_require_tls false", "true"];
}

function* inhibitions({ inhibit_rules: rules }: AlertmanagerConfig): Iterable<Fault> {
  if (rules === undefined) yield ["no inhibition", "inhibit_rules, so that one cause is one mail"];
  for (const [index, rule] of listOf<Inhibition>(rules).entries())
    if (!rule.equal?.length && mayMuteItsLike(rule))
      yield [
        `inhibit_rules[${index}] without equal, in which an alert mutes all of its own kind`,
        "equal: the labels that both alerts share, and another severity to mute",
      ];
}
