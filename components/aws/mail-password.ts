/** What the secret for Amazon SES must hold. */
const WANTED = '{"password":"<SMTP password of SES>"}';

/** The SMTP password out of the text of a secret; what is wrong with the secret is said without showing it. */
export function mailPassword(text: string, secret: string): string {
  const password = read(text);
  if (password !== null) return password;
  throw new Error(`slipway:mailSecret: the secret "${secret}" of Secrets Manager has no password, wanted: ${WANTED}. `
    + `Fix: aws secretsmanager put-secret-value --secret-id ${secret} --secret-string '${WANTED}'`);
}

function read(text: string): string | null {
  try {
    const { password } = JSON.parse(text) as { password?: unknown };
    return typeof password === "string" && password !== "" ? password : null;
  } catch {
    return null;
  }
}
