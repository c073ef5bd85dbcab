import assert from "node:assert/strict";
import { ask } from "../testing/asked.ts";
import { kubernetesResource } from "../resources/resource.ts";
import { mask } from "./mask.ts";
import { secretIn } from "./secrets.ts";

describe("a name and its value together", () => {
  for (const [name, value] of [
    ["TOKEN_ISSUER", "https://id.example.com"],
    ["PASSWORD_POLICY", "strict"],
    ["PASSWORD_MIN_LENGTH", "12"],
    ["SECRET_PROVIDER_CLASS", "aws-secrets"],
    ["AWS_SECRET_ARN", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:order-AbCdEf"],
    ["ENCRYPTION_KEY_ALIAS", "alias/order"],
    ["API_KEY_HEADER", "X-Api-Key"],
    ["JWT_PUBLIC_KEY", "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A"],
    ["ALLOW_EMPTY_PASSWORD", "yes"],
    ["DB_PASSWORD", "required"],
    ["CONNECTION_STRING", "Server=db;Database=orders;Integrated Security=true"],
    ["TOKEN_ENDPOINT", "https://id.example.com/token"],
    ["SECRETS_BACKEND", "vault"],
    ["MAX_TOKENS", "4096"],
    ["TOKENIZER", "cl100k"],
    ["CREDENTIALS_SECRET_NAME", "order-credentials"],
    ["VAULT_TOKEN", "vault:secret/data/order#token"],
    ["KEYCLOAK_CLIENT_SECRET", "${CLIENT_SECRET}"],
  ] as const)
    it(`are no secret: ${name}`, () => assert.equal(secretIn(name, value), undefined));

  for (const [name, value] of [
    ["DB_PASSWORD", "hunter2"],
    ["ADMIN_PASSWORD_1", "hunter2"],
    ["SECRET_KEY_BASE", "abcdefgh"],
    ["clientSecret", "s3cret"],
    ["githubToken", "abc-def-ghi"],
    ["SESSION_TOKEN_SALT", "a1b2c3d4e5f6a7b8"],
    ["AUTH", "Bearer abcdef123456"],
    ["HEADER", "Authorization: Basic dXNlcjpwYXNz"],
    ["STORAGE", "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=abc123def456==;EndpointSuffix=x"],
    ["DSN", "user:pw-secret@tcp(host:3306)/orders"],
    [
      "sasl.jaas.config",
      'org.apache.kafka.common.security.plain.PlainLoginModule required username="a" password="hunter2";',
    ],
    ["settings.xml", "<server><password>hunter2</password></server>"],
    [".npmrc", "//registry.example.com/:_authToken=npm_abcdef123456"],
  ] as const)
    it(`are a secret: ${name}`, () => assert.notEqual(secretIn(name, value), undefined));

  it("are one in a ConfigMap for a key of AWS, whatever stands there", () => {
    const map = (value: string): number =>
      ask("no-secret-in-configmap", [
        { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: { AWS_SECRET_ACCESS_KEY: value } },
      ]).found.length;
    assert.deepEqual([map("xxxxxxxx"), map("<your key>"), map("${KEY}"), map("")], [1, 1, 0, 0]);
  });
});

describe("blotting out", () => {
  const secret = kubernetesResource({
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "s" },
    stringData: { a: "postgres", b: "p4ssw0rd" },
  });
  const shown = (found: string): string => mask({ path: "", found, wanted: "" }, [secret]).found;
  it("leaves words alone of which a secret is only a part", () => {
    assert.equal(shown("/var/lib/postgresql/data as postgres"), "/var/lib/postgresql/data as ••••");
  });
  it("takes what nobody writes as a word wherever it stands", () => assert.equal(shown("xp4ssw0rdx"), "x••••x"));
});
