import type { Cases } from "../../testing/case.ts";

const map = (name: string, data: object, more: object = {}): object => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "tools", ...more },
  data,
});
const ROUTES =
  "route:\n  receiver: team\n  repeat_interval: 5m\nreceivers:\n  - name: team\n    email_configs:\n      - to: a@b.c\n        send_resolved: true\ninhibit_rules: []\n";

/** The same with a heartbeat, which a program wants to hear often. */
const BEATING = ROUTES.replace("5m\n", "5m\n  routes:\n    - receiver: beat\n      repeat_interval: 8s\n").replace(
  "receivers:\n",
  "receivers:\n  - name: beat\n    webhook_configs:\n      - url: http://beat\n",
);

// biome-ignore format: one case a line
export const cases: Cases = {
  "mails-arrive": { given: { "+": [map("mail", { "alertmanager.yml": ROUTES })] }, fails: { 'ConfigMap/mail data["alertmanager.yml"]': ROUTES.replace("5m", "299s") }, boundary: { 'ConfigMap/mail data["alertmanager.yml"]': BEATING } },
};
