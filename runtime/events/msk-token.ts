import { createHash, createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";

interface Credentials {
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly Token: string;
}

const LIFETIME_SECONDS = 900; // the longest that MSK accepts

/** A broker's name says where it is: b-1.shop.a1b2c3.c2.kafka.eu-central-1.amazonaws.com. */
const BROKER = /\.kafka(?:-serverless)?\.([a-z0-9-]+)\.amazonaws\.com/;

/**
 * Login token for MSK with IAM: a pre-signed (Signature Version 4) address of the action kafka-cluster:Connect, in base64url.
 * The role comes from EKS Pod Identity, whose agent gives each pod an address and a token file. Written out here because the
 * published signer brings 75 packages; a test holds the signature equal to the one it makes.
 */
export async function mskToken(brokers: readonly string[], env: NodeJS.ProcessEnv, now = new Date()): Promise<string> {
  const region = brokers.flatMap((broker) => BROKER.exec(broker)?.[1] ?? [])[0] ?? env["AWS_REGION"];
  const address = env["AWS_CONTAINER_CREDENTIALS_FULL_URI"];
  const tokenFile = env["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"];
  if (!region || !address || !tokenFile)
    throw new Error(
      "KAFKA_AUTH=iam needs brokers of MSK (or AWS_REGION) and a Pod Identity association (AWS_CONTAINER_CREDENTIALS_FULL_URI, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE)",
    );
  const answer = await fetch(address, {
    headers: { authorization: await readFile(tokenFile, "utf8") },
    signal: AbortSignal.timeout(3000),
  });
  if (!answer.ok) throw new Error(`Pod Identity answered ${answer.status}`);
  return signedToken((await answer.json()) as Credentials, region, now);
}

/** The token for given credentials. */
export function signedToken(credentials: Credentials, region: string, now: Date): string {
  const host = `kafka.${region}.amazonaws.com`;
  const time = now.toISOString().replace(/[-:]|\.\d{3}/g, "");
  const day = time.slice(0, 8);
  const scope = `${day}/${region}/kafka-cluster/aws4_request`;
  const query = new Map([
    ["Action", "kafka-cluster:Connect"],
    ["X-Amz-Algorithm", "AWS4-HMAC-SHA256"],
    ["X-Amz-Credential", `${credentials.AccessKeyId}/${scope}`],
    ["X-Amz-Date", time],
    ["X-Amz-Expires", String(LIFETIME_SECONDS)],
    ["X-Amz-Security-Token", credentials.Token],
    ["X-Amz-SignedHeaders", "host"],
  ]);
  const canonicalQuery = [...query].map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
  const canonical = ["GET", "/", canonicalQuery, `host:${host}\n`, "host", sha256("")].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\n");
  const key = [day, region, "kafka-cluster", "aws4_request"].reduce<string | Buffer>(
    (secret, part) => hmac(secret, part),
    `AWS4${credentials.SecretAccessKey}`,
  );
  const url = `https://${host}/?${canonicalQuery}&X-Amz-Signature=${hmac(key, toSign).toString("hex")}&User-Agent=slipway`;
  return Buffer.from(url).toString("base64url");
}

const encode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
