import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { planSystem } from "../model/plan.ts";
import { fishdelivery } from "../systems/fishdelivery/system.ts";
import { resolve } from "../toolchain/tools/resolve.ts";
import { unreachableTeams, type Contacts } from "./contacts.ts";
import { alertmanagerConfig } from "./routing.ts";
import { systemAlerts } from "./rules.ts";
import { plannedSilence } from "./silence.ts";
import { TIMING } from "./timing.ts";
import { dependentsOf } from "./dependents.ts";
import { comesFirst } from "./inhibition.ts";

const run = promisify(execFile);
const plan = planSystem(fishdelivery, "prod");
const scope = { plan, timing: TIMING.standard, stores: "pods" } as const;
const contacts: Contacts = {
  teams: { "fish-team": "fish@example.org", platform: "platform@example.org" },
  mail: {
    server: "smtp.example.org:587",
    from: "alerts@example.org",
    user: "alerts",
    passwordFile: "/etc/mail/password",
    knownCertificate: true,
  },
  heartbeat: "https://heartbeat.example.org/slipway",
  pagers: [
    { kind: "slack", channel: "#alerts", urlFile: "/etc/mail/slack" },
    { kind: "pagerduty", keyFile: "/etc/mail/pagerduty" },
  ],
};

describe("routing of alerts", () => {
  let amtool = "";
  let folder = "";
  const config = () => join(folder, "alertmanager.yml");

  before(async function () {
    this.timeout(120_000);
    amtool = await resolve("amtool");
    folder = mkdtempSync(join(tmpdir(), "slipway-routes-"));
    writeFileSync(config(), alertmanagerConfig([scope], TIMING.standard, contacts));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("is accepted by amtool", async () => {
    const { stdout } = await run(amtool, ["check-config", config()]);
    assert.match(stdout, /SUCCESS/);
  });

  const table: readonly (readonly [string, Record<string, string>, string])[] = [
    ["a page of the owning team", { alertname: "ServiceDown", team: "fish-team", severity: "page" }, "fish-team-page"],
    [
      "a ticket of the owning team",
      { alertname: "CircuitOpen", team: "fish-team", severity: "ticket" },
      "fish-team-ticket",
    ],
    ["a page of the cluster", { alertname: "NodeDown", team: "platform", severity: "page" }, "platform-page"],
    ["the heartbeat", { alertname: "Watchdog", team: "platform", severity: "none" }, "heartbeat"],
    ["what is only worth knowing", { alertname: "MemoryHigh", team: "fish-team", severity: "info" }, "nobody"],
    [
      "failing mails, which also take the other way out",
      { alertname: "MessagesFail", team: "platform", severity: "page" },
      "heartbeat,platform-page",
    ],
    [
      "an alert of a team nobody knows",
      { alertname: "ServiceDown", team: "strangers", severity: "page" },
      "platform-page",
    ],
  ];
  for (const [what, labels, receiver] of table) {
    it(`sends ${what} to ${receiver}`, async () => {
      const matchers = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
      const { stdout } = await run(amtool, [
        "config",
        "routes",
        "test",
        `--config.file=${config()}`,
        `--verify.receivers=${receiver}`,
        ...matchers,
      ]);
      assert.equal(stdout.trim(), receiver);
    });
  }

  for (const name of ["standard", "lab"] as const) {
    it(`knows every cause before the mail of a symptom leaves, with ${name} timing`, () => {
      const alerts = systemAlerts({ ...scope, timing: TIMING[name] });
      const causes = alerts.filter(({ role, name: alert }) => role === "cause" && alert !== "EntryUnreachable");
      const symptoms = alerts.filter(({ role, severity }) => role === "symptom" && severity !== "info");
      const races = causes.flatMap((cause) =>
        symptoms
          .filter((symptom) => !comesFirst(cause, symptom, TIMING[name]))
          .map((symptom) => `${cause.name} < ${symptom.name}`),
      );
      assert.deepEqual(races, []);
    });
  }

  it("lets a fault explain the services that depend on it by declared calls", () => {
    assert.deepEqual(dependentsOf(plan, "payment"), ["order"]);
    assert.deepEqual(dependentsOf(plan, "order"), []);
    assert.match(
      alertmanagerConfig([scope], TIMING.standard, contacts),
      /alertname="ServiceDown"\n.*namespace="fishdelivery"\n.*service="payment"/,
    );
  });

  it("names a team without a mail address before anything is deployed", () => {
    const { "fish-team": _gone, ...teams } = contacts.teams;
    assert.match(
      unreachableTeams([plan], { ...contacts, teams }).join(),
      /team "fish-team": no mail address. Give it one/,
    );
    assert.deepEqual(unreachableTeams([plan], contacts), []);
  });

  it("refuses a sender with a display name and a mail server without a port", () => {
    const faults = unreachableTeams([plan], {
      ...contacts,
      mail: { ...contacts.mail, from: "Alerts <a@example.org>", server: "smtp.example.org" },
    });
    assert.equal(faults.length, 2);
  });

  it("lets a silence end after two hours at the latest, and asks who and why", () => {
    const work = {
      system: "fishdelivery",
      service: "order",
      minutes: 30,
      by: "ann",
      why: "new disks",
      now: new Date("2026-01-01T00:00:00Z"),
    };
    assert.equal(plannedSilence(work).endsAt, "2026-01-01T00:30:00.000Z");
    assert.throws(() => plannedSilence({ ...work, minutes: 600 }), /wanted 1 to 120/);
    assert.throws(() => plannedSilence({ ...work, why: " " }), /a name and a reason/);
  });
});
