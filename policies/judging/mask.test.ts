import assert from "node:assert/strict";
import { Graph } from "../resources/graph.ts";
import { judge } from "./judge.ts";
import { mask } from "./mask.ts";
import { isSecretName } from "./secret-names.ts";
import { kubernetesResource } from "../resources/resource.ts";
import { everywhere, workloadRule, type Problem, type Rule } from "./rule.ts";
import { secretIn, weakness } from "./secrets.ts";

const problem = (resource: ReturnType<typeof kubernetesResource>, found: string): string =>
  mask({ path: "", found, wanted: "" }, [resource]).found;

describe("secrets in findings", () => {
  it("are blotted out, plain and encoded, wherever a rule may show them", () => {
    const secret = kubernetesResource({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "s" },
      data: { password: Buffer.from("hunter2hunter2").toString("base64") },
      stringData: { any: "open-sesame" },
    });
    assert.equal(
      problem(secret, "hunter2hunter2, aHVudGVyMmh1bnRlcjI= and open-sesame of s"),
      "••••, •••• and •••• of s",
    );
    const pod = kubernetesResource({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "p" },
      spec: {
        containers: [
          {
            env: [
              { name: "DB_PASSWORD", value: "s3cret!" },
              { name: "DB", value: "mysql://root:t0p-s3cret@db" },
            ],
          },
        ],
      },
    });
    assert.equal(problem(pod, "s3cret! mysql://root:t0p-s3cret@db"), "•••• mysql://root:••••@db");
    const job = kubernetesResource({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "j" },
      spec: {
        containers: [
          {
            command: ["ask", "--token", "abcdef", "--quiet", "always"],
            args: ["--db-password=hunter2", "jdbc:mysql://db/x?user=root&password=t0psecret&ssl=true"],
          },
        ],
      },
    });
    assert.equal(
      problem(job, "ask --token abcdef --quiet always --db-password=hunter2 user=root&password=t0psecret&ssl=true"),
      "ask --token •••• --quiet always --db-password=•••• user=root&password=••••&ssl=true",
    );
  });

  it("are also blotted out when the resource that was asked, a related one, or what its pods are configured with, holds them", () => {
    const map = kubernetesResource({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "m" },
      data: { DATABASE_URL: "mysql://root:t0p-s3cret@db" },
    });
    const containers = [
      {
        name: "a",
        env: [
          { name: "DB_PASSWORD", value: "s3cret!" },
          { name: "DATABASE_URL", valueFrom: { configMapKeyRef: { name: "m", key: "DATABASE_URL" } } },
        ],
      },
    ];
    const pod = kubernetesResource({ apiVersion: "v1", kind: "Pod", metadata: { name: "p" }, spec: { containers } });
    const other = kubernetesResource({ apiVersion: "v1", kind: "Service", metadata: { name: "s" } });
    const secret = kubernetesResource({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "t" },
      stringData: { a: "open-sesame" },
    });
    const rule = (check: () => Generator<Problem>): Rule =>
      workloadRule({
        id: "leaky",
        number: "Z1",
        title: "",
        why: "",
        fix: "",
        severity: "low",
        levels: everywhere,
        items: [],
        check,
      });
    const told = rule(function* () {
      yield { path: "", found: "s3cret! t0p-s3cret", wanted: "", note: "open-sesame", on: other, related: [secret] };
    });
    const broken = rule(function* () {
      yield* JSON.parse("x t0p-s3cret") as Problem[];
    });
    const { findings, doubts } = judge(new Graph([map, pod, other, secret]), [told, broken], {
      tier: "standard",
      facts: {},
    });
    assert.deepEqual(
      findings.map(({ found, note }) => [found, note]),
      [["•••• ••••", "••••"]],
    );
    assert.deepEqual(
      doubts.map(({ broken: wrong, reason }) => [wrong, reason.includes("••••"), reason.includes("s3cret")]),
      [[true, true, false]],
    );
  });

  it("leave names, keys of selectors and references alone", () => {
    const pod = kubernetesResource({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "secret-reader" },
      spec: {
        topologySpreadConstraints: [{ topologyKey: "zone-key" }],
        containers: [{ env: [{ name: "P", valueFrom: { secretKeyRef: { name: "db", key: "password" } } }] }],
      },
    });
    assert.equal(problem(pod, "secret-reader zone-key db password"), "secret-reader zone-key db password");
  });
});

describe("names of secrets", () => {
  for (const name of [
    "DB_PASSWORD",
    "password",
    "apiKey",
    "AWS_SECRET_ACCESS_KEY",
    "github-token",
    "MYSQL_PWD",
    "clientSecret",
    "my_SeCrEt",
  ])
    it(`has ${name}`, () => assert.ok(isSecretName(name)));
  for (const name of [
    "PASSWORD_FILE",
    "passwordEnv",
    "TOKEN_TTL",
    "COMPASS",
    "RATE_LIMIT_KEY",
    "SECRET_NAME",
    "topologyKey",
    "TOKEN_URL",
  ])
    it(`has not ${name}`, () => assert.ok(!isSecretName(name)));
});

describe("values of secrets", () => {
  it("are known by their shape too", () => {
    assert.equal(secretIn("X", "-----BEGIN RSA PRIVATE KEY-----"), "a private key");
    assert.equal(secretIn("X", "AKIAIOSFODNN7EXAMPLE"), "an AWS access key");
    assert.equal(secretIn("DSN", "postgres://u:letmein99@db/x"), "a password in an address");
    assert.match(
      secretIn("application.yml", "spring:\n  datasource:\n    password: hunter2\n") ?? "",
      /under "password"/,
    );
    assert.match(secretIn("config.json", `{"server":{"apiKey":"abcd1234"}}`) ?? "", /under "apiKey"/);
    assert.equal(
      secretIn("NOTIFY", "https://hooks.slack.com/services/T000/B000/abcDEF123"),
      "an address that only its owner knows",
    );
    assert.match(secretIn("STRIPE_KEY", "a1b2c3d4e5f6a7b8") ?? "", /random/);
  });
  it("are not seen in references and words", () => {
    for (const value of ["", "$(OTHER)", "${VAULT}", "/run/secrets/x", "true", "<set-me>"])
      assert.equal(secretIn("DB_PASSWORD", value), undefined, value);
    assert.equal(secretIn("RATE_LIMIT_KEY", "client"), undefined);
    assert.equal(secretIn("config.json", `{"tokenFile": "/run/token", "apiKey": "\${API_KEY}"}`), undefined);
  });
  it("are weak when short, common or digits only", () => {
    assert.equal(weakness("Password123!", 8), "a word from every list of common passwords");
    assert.equal(weakness("12345678901234567890", 16), "digits only");
    assert.equal(weakness("abcdefghijklmno", 16), "15 characters");
    assert.equal(weakness("abcdefghijklmnop", 16), undefined);
  });
});
