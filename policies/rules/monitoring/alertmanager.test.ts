import assert from "node:assert/strict";
import { ask } from "../../testing/asked.ts";

const HEAD = "route: { receiver: team, group_wait: 30s }";
const RECEIVERS = "receivers: [{ name: team, email_configs: [{ to: a@b.c, send_resolved: true }] }, { name: pager }]";
const found = (...lines: string[]): readonly string[] =>
  ask("mails-arrive", [
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "a", namespace: "b" },
      data: { "alertmanager.yml": lines.join("\n") },
    },
  ]).found.map((text) => text.replace(/^data[^:]*: /, ""));
const inhibit = (rule: string): readonly string[] => found(HEAD, RECEIVERS, `inhibit_rules: [{ ${rule} }]`);

describe("Alertmanager's configuration", () => {
  it("is right when it is, in either style", () => {
    assert.deepEqual(found(HEAD, RECEIVERS, "inhibit_rules: []"), []);
  });
  it("names only receivers and times that exist, however deep", () => {
    const deep =
      "route: { receiver: team, routes: [{ receiver: team, routes: [{ matchers: ['a=\"b\"'], receiver: pagr, mute_time_intervals: [night] }] }] }";
    assert.deepEqual(found(deep, RECEIVERS, "inhibit_rules: []"), [
      "route.routes[0].routes[0].receiver pagr, which is not among the receivers",
      "route.routes[0].routes[0]: time interval night, which is not declared",
    ]);
  });
  it("has what Alertmanager starts with", () => {
    assert.deepEqual(found("receivers: []", "inhibit_rules: []"), ["no default route"]);
    assert.match(
      found("route: { receiver: team, match: { a: b } }", RECEIVERS, "inhibit_rules: []")[0] ?? "",
      /matchers/,
    );
    assert.match(found(HEAD, "receivers: [{ name: team }, { name: team }]", "inhibit_rules: []")[0] ?? "", /twice/);
    assert.match(found("route: [")[0] ?? "", /cannot read/);
  });
  it("is not told by words in a comment or in a text", () => {
    assert.deepEqual(
      found(HEAD, RECEIVERS.replace(", send_resolved: true", ""), "# send_resolved: true", "# inhibit_rules:"),
      ["mails without send_resolved", "no inhibition"],
    );
  });
  it("mutes other alerts than those that mute", () => {
    const critical = `source_matchers: ['severity="critical"'], target_matchers: `;
    assert.equal(inhibit(`${critical}['severity=~"warning|critical"']`).length, 1);
    assert.equal(inhibit(`${critical}['severity!="info"']`).length, 1);
    assert.equal(inhibit("source_match: { severity: critical }, target_match_re: { severity: 'crit.*' }").length, 1);
    assert.equal(inhibit(`${critical}['severity="warning"']`).length, 0);
    assert.equal(inhibit(`${critical}['severity=~"warning|critical"'], equal: [service]`).length, 0);
    assert.equal(
      inhibit(`source_matchers: ['alertname="NodeDown"'], target_matchers: ['severity="warning"']`).length,
      0,
    );
  });
});
