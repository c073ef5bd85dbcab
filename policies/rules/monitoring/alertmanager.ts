import { everywhere, limit, notApplicable, resourceRule, type Problem } from "../../judging/rule.ts";
import type { Config } from "../../views/config-refs.ts";
import { seconds } from "../../views/routes.ts";

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
    const path = `data["${name}"]`;
    const receivers = /["']?email_configs["']?\s*:/.test(text);
    const checks: readonly (readonly [boolean, Problem])[] = [
      [
        /^[ \t]*["']?route["']?\s*:/m.test(text) && /["']?receiver["']?\s*:/.test(text),
        { path, found: "no default route", wanted: "route.receiver" },
      ],
      [
        !receivers || /["']?send_resolved["']?\s*:\s*true/.test(text),
        { path, found: "mails without send_resolved", wanted: "send_resolved: true" },
      ],
      [
        !/["']?smtp_auth_password["']?\s*:/.test(text),
        { path, found: "smtp_auth_password as a literal", wanted: "smtp_auth_password_file" },
      ],
      [
        !/["']?smtp_require_tls["']?\s*:\s*false/.test(text) || repeatSeconds < 300,
        { path, found: "smtp_require_tls false", wanted: "true" },
      ],
      [
        /["']?inhibit_rules["']?\s*:/.test(text),
        { path, found: "no inhibition", wanted: "inhibit_rules, so that one cause is one mail" },
      ],
    ];
    for (const [holds, problem] of checks) if (!holds) yield problem;
    const repeat = seconds(/["']?repeat_interval["']?\s*:\s*["']?(\w+)/.exec(text)?.[1]);
    if (repeat !== undefined && repeat < repeatSeconds)
      yield { path, found: `repeat_interval ${repeat} s`, wanted: `>= ${repeatSeconds} s` };
  },
});
