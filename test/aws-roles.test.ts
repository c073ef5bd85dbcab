import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { projectFolder } from "../cli/project/project-folder.ts";
import { type AwsGraph, awsGraph } from "./aws-graph.ts";
import { ASKS, READS } from "./aws-reads.ts";
import { ACCOUNT, rolePolicy } from "./aws-roles.ts";
import { allows, trusts } from "./iam-evaluation.ts";

const ROLES = ["preview", "drift", "deploy"] as const;
type Role = (typeof ROLES)[number];
const REPOSITORY = ACCOUNT.REPOSITORY;
const MAIN = "refs/heads/main";
const STATE = `arn:aws:s3:::${ACCOUNT.STATE_BUCKET}/.pulumi/stacks/slipway/prod.json`;
const LOGS = `arn:aws:s3:::slipway-prod-access-logs-${ACCOUNT.ACCOUNT}`;
const SECRET = `arn:aws:secretsmanager:${ACCOUNT.REGION}:${ACCOUNT.ACCOUNT}:secret:`;

/** The token that GitHub gives a job of a workflow. */
function token(
  environment: string,
  workflow: string,
  ref = MAIN,
  repository: string = REPOSITORY,
): Record<string, string> {
  const claims = {
    aud: "sts.amazonaws.com",
    sub: `repo:${repository}:${environment === "" ? `ref:${ref}` : `environment:${environment}`}`,
    ref,
    job_workflow_ref: `${repository}/.github/workflows/${workflow}@${ref}`,
  };
  return Object.fromEntries(
    Object.entries(claims).map(([claim, value]) => [`token.actions.githubusercontent.com:${claim}`, value]),
  );
}
const may = (role: Role, action: string, resource = "*"): boolean =>
  allows(rolePolicy(`${role}-permissions.json`), action, resource);
/** What an action is tried on. */
const of = (action: string): string => (action.startsWith("s3:") ? LOGS : "*");
const takers = (claims: Record<string, string>): Role[] =>
  ROLES.filter((role) => trusts(rolePolicy(`${role}-trust.json`), claims));

describe("who may take on the roles of an account", () => {
  const PULL = "refs/pull/7/merge";

  it("is the job that was approved for it, and no other one", () => {
    assert.deepEqual(takers(token("preview", "preview-live.yml", PULL)), ["preview"]);
    assert.deepEqual(takers(token("drift", "drift.yml")), ["drift"]);
    assert.deepEqual(takers(token("drift", "deploy.yml")), ["drift"]);
    assert.deepEqual(takers(token("production", "deploy.yml")), ["deploy"]);
  });

  for (const [what, claims] of [
    ["a job without an environment", token("", "deploy.yml")],
    ["another repository", token("production", "deploy.yml", MAIN, "mallory/slipway")],
    ["a repository whose name only begins alike", token("production", "deploy.yml", MAIN, `${REPOSITORY}-fork`)],
    ["a branch that names the environment of production", token("production", "deploy.yml", "refs/heads/mine")],
    ["a branch that looks for drift", token("drift", "drift.yml", "refs/heads/mine")],
    ["another workflow of the main branch", token("production", "mine.yml")],
    ["a pull request that names another environment", token("drift", "preview-live.yml", PULL)],
    [
      "a token for somebody else",
      { ...token("production", "deploy.yml"), "token.actions.githubusercontent.com:aud": "x" },
    ],
    ["nobody", {}],
  ] as const) {
    it(`is not ${what}`, () => assert.deepEqual(takers(claims), []));
  }
});

describe("the roles of an account", function () {
  this.timeout(60_000);
  const graphs: AwsGraph[] = [];
  before(async () => {
    graphs.push(await awsGraph());
    graphs.push(
      await awsGraph({
        "slipway:compute": "node-groups",
        "slipway:firewall": "on",
        "slipway:imageScanning": "enhanced",
      }),
    );
  });
  const types = (): string[] => [...new Set(graphs.flatMap(({ all }) => all.map(({ type }) => type)))].toSorted();
  const ofAws = (): string[] => types().filter((type) => /^(aws|eks):/.test(type));

  for (const role of ["preview", "drift"] as const) {
    it(`let ${role} read no secret and no data, wherever they lie`, () => {
      for (const [action, resource] of [
        ["secretsmanager:GetSecretValue", `${SECRET}slipway/mail-AbCdEf`],
        ["secretsmanager:GetSecretValue", `${SECRET}rds!db-0a1b-AbCdEf`],
        ["secretsmanager:BatchGetSecretValue", "*"],
        ["ssm:GetParameter", "arn:aws:ssm:eu-central-1:111122223333:parameter/a"],
        ["ssm:GetParametersByPath", "arn:aws:ssm:eu-central-1:111122223333:parameter/a"],
        ["kms:Decrypt", ACCOUNT.STATE_KEY],
        ["kms:ReEncryptFrom", ACCOUNT.STATE_KEY],
        ["s3:GetObject", "arn:aws:s3:::orders/invoice.pdf"],
        ["s3:GetObjectVersion", "arn:aws:s3:::orders/invoice.pdf"],
        ["s3:GetObject", `${LOGS}/AWSLogs/today`],
        ["logs:FilterLogEvents", "*"],
        ["rds:DownloadDBLogFilePortion", "*"],
        ["rds-db:connect", "*"],
        ["kafka-cluster:ReadData", "*"],
        ["ecr:BatchGetImage", "*"],
      ] as const)
        assert.equal(may(role, action, resource), false, `${action} ${resource}`);
    });

    it(`keep that from ${role} even if somebody gives it the right to read everything`, () => {
      const { Statement } = JSON.parse(rolePolicy(`${role}-permissions.json`)) as { Statement: object[] };
      const widened = JSON.stringify({ Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }, ...Statement] });
      for (const action of ["secretsmanager:GetSecretValue", "ssm:GetParameters", "kms:Decrypt", "sts:AssumeRole"])
        assert.equal(allows(widened, action, "*"), false, action);
      assert.equal(allows(widened, "s3:GetObject", "arn:aws:s3:::orders/invoice.pdf"), false);
    });

    it(`let ${role} change nothing, and give itself nothing`, () => {
      for (const action of [
        "ec2:CreateVpc",
        "ec2:AuthorizeSecurityGroupIngress",
        "iam:PutRolePolicy",
        "iam:PassRole",
        "sts:AssumeRole",
        "eks:CreateAccessEntry",
        "eks:AssociateAccessPolicy",
        "rds:ModifyDBInstance",
        "ecr:PutImage",
        "kms:CreateGrant",
        "secretsmanager:PutSecretValue",
      ])
        assert.equal(may(role, action), false, action);
      assert.equal(may(role, "s3:PutObject", STATE), false);
    });

    it(`let ${role} read the sealed state, and ask all that a plan asks`, () => {
      assert.ok(may(role, "s3:GetObject", STATE));
      assert.ok(may(role, "s3:ListBucket", `arn:aws:s3:::${ACCOUNT.STATE_BUCKET}`));
      const answers = readFileSync(join(projectFolder, "toolchain/go/plan-only-provider/answers.go"), "utf8");
      const questions = [...answers.matchAll(/case "(get\w+)"/g)].map(([, question = ""]) => question);
      assert.deepEqual(
        questions.toSorted(),
        Object.keys(ASKS),
        "a question that is new needs a line in test/aws-reads.ts",
      );
      for (const action of Object.values(ASKS).flat())
        assert.ok(
          may(role, action, action.startsWith("secretsmanager") ? `${SECRET}slipway/mail-AbCdEf` : "*"),
          action,
        );
    });
  }

  it("let a pull request see nothing of how the account is set", () => {
    for (const action of new Set(ofAws().map((type) => READS[type] ?? "")))
      if (!Object.values(ASKS).flat().includes(action)) assert.equal(may("preview", action), false, action);
  });

  it("let drift see how each kind of thing is set that is declared", () => {
    assert.ok(ofAws().length > 40);
    for (const type of ofAws()) {
      const action = READS[type] ?? assert.fail(`${type} is new: say in test/aws-reads.ts how AWS is asked for it`);
      assert.ok(may("drift", action, of(action)), `.github/aws/drift-permissions.json: drift cannot look at ${type}`);
    }
  });

  it("let a deployment use each service of which something is declared, and read the secrets that it hands on", () => {
    for (const type of ofAws()) {
      const service = READS[type]?.split(":")[0] ?? "";
      if (!["iam", "kms", "route53", "s3"].includes(service))
        assert.ok(may("deploy", `${service}:CreateAnything`), type);
    }
    for (const action of ["s3:CreateBucket", "s3:PutBucketPolicy", "s3:PutLifecycleConfiguration"])
      assert.ok(may("deploy", action, of(action)), action);
    for (const secret of ["slipway/mail-AbCdEf", "rds!db-0a1b-AbCdEf"])
      assert.ok(may("deploy", "secretsmanager:GetSecretValue", SECRET + secret));
    assert.ok(may("deploy", "kms:Decrypt", ACCOUNT.STATE_KEY));
    assert.ok(may("deploy", "iam:CreateRole", "arn:aws:iam::111122223333:role/shop-order"));
    assert.ok(may("deploy", "route53:ChangeResourceRecordSets"));
  });

  it("keep a deployment from the rights it runs with, from users, and from secrets that are none of the stack", () => {
    const own = "arn:aws:iam::111122223333:role/slipway-ci-deploy";
    for (const action of ["iam:PutRolePolicy", "iam:AttachRolePolicy", "iam:UpdateAssumeRolePolicy", "iam:PassRole"])
      assert.equal(may("deploy", action, own), false, action);
    for (const [action, resource] of [
      ["iam:CreateUser", "arn:aws:iam::111122223333:user/mallory"],
      ["iam:CreateAccessKey", "arn:aws:iam::111122223333:user/mallory"],
      ["iam:UpdateOpenIDConnectProviderThumbprint", "arn:aws:iam::111122223333:oidc-provider/x"],
      ["sts:AssumeRole", "arn:aws:iam::111122223333:role/admin"],
      ["secretsmanager:GetSecretValue", `${SECRET}payroll-AbCdEf`],
      ["s3:GetObject", "arn:aws:s3:::orders/invoice.pdf"],
      ["s3:DeleteObjectVersion", STATE],
      ["s3:PutBucketVersioning", `arn:aws:s3:::${ACCOUNT.STATE_BUCKET}`],
      ["kms:ScheduleKeyDeletion", ACCOUNT.STATE_KEY],
    ] as const)
      assert.equal(may("deploy", action, resource), false, `${action} ${resource}`);
  });

  it("ask for nothing of the account that docs/continuous-integration.md does not fill in", () => {
    for (const file of readdirSync(join(projectFolder, ".github/aws")))
      assert.doesNotMatch(rolePolicy(file), /\$\{/, file);
    const guide = readFileSync(join(projectFolder, "docs/continuous-integration.md"), "utf8");
    for (const name of Object.keys(ACCOUNT)) assert.match(guide, new RegExp(`export .*\\b${name}=`), name);
  });

  it("show previews and drift everything of the cluster that is declared there, except its Secrets", () => {
    const [{ rules = [] } = {}] = parseAllDocuments(rolePolicy("cluster-readers.yaml")).map(
      (document) => document.toJS() as { rules?: { apiGroups: string[]; resources: string[]; verbs: string[] }[] },
    );
    const shows = (group: string, resource: string): boolean =>
      rules.some(
        ({ apiGroups, resources }) =>
          apiGroups.includes(group) && (resources.includes("*") || resources.includes(resource)),
      );
    for (const { verbs } of rules) assert.deepEqual(verbs, ["get", "list", "watch"]);
    const kinds = types().flatMap((type) => {
      const [, group = "", kind = ""] = /^kubernetes:([^/]+)\/[^:]+:(\w+)$/.exec(type) ?? [];
      return kind === "" ? [] : [[group === "core" ? "" : group, kind] as const];
    });
    assert.ok(kinds.length > 15);
    for (const [group, kind] of kinds)
      assert.equal(shows(group, `${kind.toLowerCase().replace(/y$/, "ie")}s`), kind !== "Secret", `${group} ${kind}`);
    for (const beside of ["secrets", "pods/log", "pods/exec", "serviceaccounts/token"])
      assert.equal(shows("", beside), false, beside);
    for (const everything of ["*", "core"]) assert.equal(shows(everything, "secrets"), false);
  });
});
