import type { Cases } from "../../testing/case.ts";
import { UNKNOWN } from "../../resources/unknown.ts";

const added = "Deployment/order $c.env[+]";
const noSecrets = {
  "Deployment/order $c.env": [],
  "Job/order-migration $c.env": [],
  "Deployment/payment $c.env": [],
  "Job/payment-migration $c.env": [],
  "-": ["Microservice/order"],
};

// biome-ignore format: one case a line
export const cases: Cases = {
  "no-inline-secret": { fails: { [added]: { name: "API_TOKEN", value: "s3cr3t-value" } }, boundary: { [added]: { name: "API_TOKEN", value: "$(OTHER)" } }, unknown: { [added]: { name: "API_TOKEN", value: UNKNOWN } } },
  "no-secret-in-configmap": { fails: { "ConfigMap/limits-0a1b2c3d data.SMTP_PASSWORD": "hunter2-hunter2" }, boundary: { "ConfigMap/limits-0a1b2c3d data.SMTP_PASSWORD_FILE": "/run/secrets/smtp" } },
  "secrets-as-files": { given: noSecrets, fails: { "Deployment/order $c.env[0]": { name: "P", valueFrom: { secretKeyRef: { name: "order-5e6f7a8b", key: "DATABASE_PASSWORD" } } } }, boundary: { "Deployment/order $c.env[0]": { name: "P", value: "x" } } },
  "strong-secret": { fails: { "Secret/order-5e6f7a8b stringData.DATABASE_PASSWORD": "fifteen-letters" }, boundary: { "Secret/order-5e6f7a8b stringData.DATABASE_PASSWORD": "sixteen-letters!" } },
  "unique-env": { fails: { [added]: { name: "NODE_OPTIONS", value: "" } }, boundary: { [added]: { name: "NODE_OPTION", value: "" } }, unknown: { [added]: { name: UNKNOWN, value: "" } } },
  "address-from-config": { fails: { [added]: { name: "GEO_PUBLIC_URL", value: "https://geo.example.com/v1" } }, boundary: { [added]: { name: "AWS_CONTAINER_CREDENTIALS_FULL_URI", value: "http://169.254.170.23/v1/credentials" } }, unknown: { [added]: { name: "GEO_PUBLIC_URL", value: UNKNOWN } } },
};
