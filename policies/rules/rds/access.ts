import { own } from "../../../model/harmless/own.ts";
import { everywhere, inProduction, notApplicable, onRequest, resourceRule } from "../../judging/rule.ts";
import { CLUSTER, CLUSTER_INSTANCE, INSTANCE, notAsWanted, type Database, type DatabaseProps } from "./database.ts";

export const databaseEncrypted = resourceRule<DatabaseProps>()({
  id: "database-encrypted",
  number: "A01",
  items: [30],
  on: [INSTANCE, CLUSTER],
  severity: "high",
  levels: everywhere,
  strict: true,
  title: "Databases are encrypted at rest",
  why: "A snapshot or a disk in the wrong hands is readable; encryption cannot be switched on later without a new database.",
  fix: `storageEncrypted: true`,
  *check({ props, kind }: Database) {
    if (kind === CLUSTER && props.engineMode === "serverless") return notApplicable; // always encrypted
    if (props.storageEncrypted !== true) yield notAsWanted("storageEncrypted", props.storageEncrypted, "true", "false");
  },
});

export const databasePrivate = resourceRule<DatabaseProps>()({
  id: "database-private",
  number: "A02",
  items: [30],
  on: [INSTANCE, CLUSTER_INSTANCE],
  severity: "critical",
  levels: everywhere,
  strict: true,
  title: "No database has a public address",
  why: "A public address turns every weak password into an open door.",
  fix: `publiclyAccessible: false`,
  *check({ props }: Database) {
    if (props.publiclyAccessible === true) yield notAsWanted("publiclyAccessible", true, "false");
  },
});

const SIGNS_IN_WITH_IAM = /^(aurora(-.*)?|mysql|mariadb|postgres)$/;

export const iamSignIn = resourceRule<DatabaseProps>()({
  id: "iam-sign-in",
  number: "A10",
  items: [30],
  on: [INSTANCE, CLUSTER],
  severity: "low",
  levels: onRequest,
  title: "Databases accept IAM sign-in",
  why: "For organisations without database passwords; pools of short-lived tokens need their library's support.",
  fix: `iamDatabaseAuthenticationEnabled: true`,
  *check({ props, kind }: Database) {
    if (kind === INSTANCE && !SIGNS_IN_WITH_IAM.test(props.engine ?? "mysql")) return notApplicable;
    if (props.iamDatabaseAuthenticationEnabled !== true)
      yield notAsWanted("iamDatabaseAuthenticationEnabled", props.iamDatabaseAuthenticationEnabled, "true", "false");
  },
});

export const certificateAuthority = resourceRule<DatabaseProps>()({
  id: "certificate-authority",
  number: "A12",
  items: [30],
  on: [INSTANCE, CLUSTER_INSTANCE],
  severity: "high",
  levels: everywhere,
  title: "The database's certificate has not run out",
  why: "Clients that check certificates refuse to connect from the day the authority expires.",
  fix: `caCertIdentifier: "rds-ca-rsa2048-g1"`,
  *check({ props }: Database) {
    if (/^rds-ca-20(10|12|15|19)$/.test(props.caCertIdentifier ?? ""))
      yield notAsWanted(
        "caCertIdentifier",
        props.caCertIdentifier,
        "rds-ca-rsa2048-g1, rds-ca-rsa4096-g1 or rds-ca-ecc384-g1",
      );
  },
});

const TLS: Readonly<Record<string, string>> = {
  mariadb: "require_secure_transport",
  mysql: "require_secure_transport",
  postgres: "rds.force_ssl",
};

interface GroupProps {
  readonly name?: string;
  readonly parameters?: readonly { readonly name?: string; readonly value?: string }[];
}

export const databaseTls = resourceRule<DatabaseProps>()({
  id: "database-tls",
  number: "C32",
  items: [30],
  on: [INSTANCE],
  severity: "high",
  levels: inProduction,
  title: "The database refuses connections without TLS",
  why: "Without it one wrong driver setting sends passwords and orders in plain text.",
  fix: `new aws.rds.ParameterGroup("orders", { family: "mariadb11.4", parameters: [{ name: "require_secure_transport", value: "1" }] })`,
  *across({ props }: Database, { graph }) {
    const parameter = own(TLS, String(props.engine));
    if (!parameter) return notApplicable;
    const group = graph
      .of<GroupProps>("aws:rds/parameterGroup:ParameterGroup")
      .find(({ props: found, name }) => (found.name ?? name) === props.parameterGroupName);
    const value = group?.props.parameters?.find(({ name }) => name === parameter)?.value;
    if (!/^(1|on|true)$/i.test(String(value ?? "")))
      yield {
        ...notAsWanted(
          "parameterGroupName",
          group ? `${group.name}: ${parameter} ${value ?? "not set"}` : props.parameterGroupName,
          `a parameter group with ${parameter} 1`,
        ),
        ...(group ? { related: [group] } : {}),
      };
  },
});
