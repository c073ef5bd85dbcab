import { secretField } from "../account/secret-field.ts";

/** What the one secret of the alerting may hold, by field. */
const FIELDS = {
  password: "<SMTP password of SES>",
  chat: "<address of an incoming webhook>",
  pager: "<integration key>",
} as const;

/** One field out of the text of the secret; what is wrong with the secret is said without showing it. */
export function alertingSecret(text: string, secret: string, field: keyof typeof FIELDS): string {
  const value = secretField(text, field);
  if (value !== null) return value;
  const wanted = JSON.stringify({ [field]: FIELDS[field] });
  throw new Error(
    `slipway:mailSecret: the secret "${secret}" of Secrets Manager has no ${field}, wanted: ${wanted}, beside what else it holds. ` +
      `Fix: aws secretsmanager put-secret-value --secret-id ${secret} --secret-string '${wanted}'`,
  );
}
