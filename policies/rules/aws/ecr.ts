import { isEverybody, namesWho, namesWhoIfKnown } from "../../views/access/principals.ts";
import { parseImage } from "../../views/image.ts";
import {
  advice,
  everywhere,
  inProduction,
  notApplicable,
  onRequest,
  resourceRule,
  workloadRule,
} from "../../judging/rule.ts";
import { containersOf } from "../../resources/pods.ts";
import { type PolicyDocument, statementsOf } from "../../views/access/iam.ts";

interface RepositoryProps {
  readonly name?: string;
  readonly repositoryUrl?: string;
  readonly imageTagMutability?: string;
  readonly imageScanningConfiguration?: { readonly scanOnPush?: boolean };
  readonly encryptionConfigurations?: readonly { readonly encryptionType?: string }[];
}
const REPOSITORY = "aws:ecr/repository:Repository";
const items = [15];
const repository = resourceRule<RepositoryProps>();

export const tagsImmutable = repository({
  id: "tags-immutable",
  number: "A19",
  items,
  on: [REPOSITORY],
  severity: "high",
  levels: inProduction,
  title: "An image tag stays the image it was",
  why: "A tag that can be moved makes a restart a rollout, and a rollback a gamble.",
  fix: `imageTagMutability: "IMMUTABLE"`,
  *check({ props }) {
    if (!/^IMMUTABLE/.test(props.imageTagMutability ?? ""))
      yield {
        path: "imageTagMutability",
        found: props.imageTagMutability ?? "not set (MUTABLE by default)",
        wanted: "IMMUTABLE",
      };
  },
});

export const imagesScanned = repository({
  id: "images-scanned",
  number: "A20",
  items,
  on: [REPOSITORY],
  severity: "medium",
  levels: inProduction,
  title: "Images are scanned for known holes",
  why: "A hole that everybody knows is found by others first.",
  fix: `imageScanningConfiguration: { scanOnPush: true }`,
  *across({ props }, { graph }) {
    const registry = graph.of("aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration").length > 0; // the registry scans for all
    if (props.imageScanningConfiguration?.scanOnPush !== true && !registry)
      yield {
        path: "imageScanningConfiguration.scanOnPush",
        found: String(props.imageScanningConfiguration?.scanOnPush ?? "not set (false by default)"),
        wanted: "true",
      };
  },
});

export const imagesEncrypted = repository({
  id: "images-encrypted",
  number: "A21",
  items,
  on: [REPOSITORY],
  severity: "low",
  levels: onRequest,
  title: "Images are encrypted with a key of your own",
  why: "For organisations that must be able to withdraw the key; AWS encrypts with its own anyway.",
  fix: `encryptionConfigurations: [{ encryptionType: "KMS", kmsKey: key.arn }]`,
  *check({ props }) {
    const [configuration] = props.encryptionConfigurations ?? [];
    if (!/^KMS/.test(configuration?.encryptionType ?? ""))
      yield {
        path: "encryptionConfigurations",
        found: configuration?.encryptionType ?? "not set (AES256 by default)",
        wanted: "KMS",
      };
  },
});

export const repositoryPrivate = resourceRule<{ readonly policy?: PolicyDocument }>()({
  id: "repository-private",
  number: "A22",
  items,
  on: ["aws:ecr/repositoryPolicy:RepositoryPolicy"],
  severity: "critical",
  levels: everywhere,
  strict: true,
  title: "No repository is open to every AWS account",
  why: "Whoever may push can replace the program that you run; whoever may pull reads it.",
  fix: `policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { AWS: account }, Action: ["ecr:BatchGetImage"] }] })`,
  *check({ props }) {
    for (const [index, statement] of statementsOf(props.policy).entries())
      if (statement.Effect === "Allow" && isEverybody(statement) && !namesWho(statement) && !namesWhoIfKnown(statement))
        yield {
          path: `policy.Statement[${index}].${statement.NotPrincipal === undefined ? "Principal" : "NotPrincipal"}`,
          found: Object.keys(statement.Condition ?? {}).length
            ? "everybody, with a condition that names nobody"
            : `"*" without a condition`,
          wanted: "accounts or roles, or a condition that says who",
        };
  },
});

export const repositoryCondition = resourceRule<{ readonly policy?: PolicyDocument }>()({
  id: "repository-condition",
  number: "A35",
  items,
  on: ["aws:ecr/repositoryPolicy:RepositoryPolicy"],
  severity: "high",
  levels: everywhere,
  title: "A condition of a repository holds for nobody whom it does not know",
  why: "ForAllValues is true where the key is absent: an account outside any organisation has no PrincipalOrgID, and comes in.",
  fix: `Condition: { StringEquals: { "aws:PrincipalOrgID": "o-12345678" } }`,
  *check({ props }) {
    for (const [index, statement] of statementsOf(props.policy).entries())
      if (statement.Effect === "Allow" && isEverybody(statement) && !namesWho(statement) && namesWhoIfKnown(statement))
        yield {
          path: `policy.Statement[${index}].Condition`,
          found: "ForAllValues, which also holds where the key is absent",
          wanted: "the same operator without ForAllValues",
        };
  },
});

export const imagesExpire = repository({
  id: "images-expire",
  number: "C36",
  items,
  on: [REPOSITORY],
  severity: "low",
  levels: advice,
  title: "Old images are cleared away",
  why: "Repositories without a rule grow for ever, and so does their bill.",
  fix: `new aws.ecr.LifecyclePolicy("order", { repository: repository.name, policy })`,
  *across(resource, { graph }) {
    const policies = graph.of<{ readonly repository?: string }>("aws:ecr/lifecyclePolicy:LifecyclePolicy");
    const name = resource.props.name ?? resource.name;
    if (!policies.some(({ props }) => props.repository === name))
      yield { path: "name", found: `no lifecycle policy for ${name}`, wanted: "one" };
  },
});

export const imageFromOwnRepository = workloadRule({
  id: "image-from-own-repository",
  number: "X26",
  items,
  severity: "medium",
  levels: inProduction,
  title: "Images from ECR come from a repository that is declared here",
  why: "A repository nobody declared has nobody's rules: tags move, images are not scanned, and it may vanish.",
  fix: `new aws.ecr.Repository("order", { imageTagMutability: "IMMUTABLE", imageScanningConfiguration: { scanOnPush: true } })`,
  *across(workload, { graph }) {
    const declared = graph.of<RepositoryProps>(REPOSITORY);
    if (declared.length === 0) return notApplicable; // repositories of another stack: image-registry-allowed judges those
    for (const { container, path } of containersOf(workload)) {
      const { repository: name } = parseImage(container.image);
      const [, inRegistry] = /^\d{12}\.dkr\.ecr\.[\w-]+\.amazonaws\.com(?:\.cn)?\/(.+)$/.exec(name) ?? [];
      if (inRegistry && !declared.some(({ props, name: own }) => (props.name ?? own) === inRegistry))
        yield {
          path: `${path}.image`,
          found: `${inRegistry}, which is not declared`,
          wanted: `one of ${declared
            .map(({ props, name: own }) => props.name ?? own)
            .slice(0, 5)
            .join(", ")}`,
        };
    }
  },
});
