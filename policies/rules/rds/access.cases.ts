import type { Cases } from "../../testing/case.ts";

const db = (name: string): string => `Instance/db ${name}`;

// biome-ignore format: one case a line
export const cases: Cases = {
  "database-encrypted": { fails: { [db("storageEncrypted")]: false }, boundary: { [db("storageEncrypted")]: true } },
  "database-private": { fails: { [db("publiclyAccessible")]: true }, boundary: { [db("publiclyAccessible")]: undefined } },
  "iam-sign-in": { fails: { [db("iamDatabaseAuthenticationEnabled")]: false }, boundary: { [db("iamDatabaseAuthenticationEnabled")]: true } },
  "certificate-authority": { fails: { [db("caCertIdentifier")]: "rds-ca-2019" }, boundary: { [db("caCertIdentifier")]: undefined } },
  "database-tls": { fails: { "ParameterGroup/shop parameters[1].value": "0" }, boundary: { "ParameterGroup/shop parameters[1].value": "ON" } },
};
