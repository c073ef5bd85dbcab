import type { Cases } from "../../testing/case.ts";

const map = (name: string, data: object, more: object = {}): object => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, namespace: "tools", ...more },
  data,
});
const ROUTES =
  "route:\n  receiver: team\n  repeat_interval: 5m\nreceivers:\n  - name: team\n    email_configs:\n      - to: a@b.c\n        send_resolved: true\ninhibit_rules: []\n";

// biome-ignore format: one case a line
export const cases: Cases = {
  "mails-arrive": { given: { "+": [map("mail", { "alertmanager.yml": ROUTES })] }, fails: { 'ConfigMap/mail data["alertmanager.yml"]': ROUTES.replace("5m", "299s") }, boundary: {} },
};
