import type { Cases } from "../../testing/case.ts";

const repository = (name: string): string => `Repository/shop ${name}`;
const statement = (more: object): object => ({ Statement: [{ Effect: "Allow", Principal: "*", ...more }] });

// biome-ignore format: one case a line
export const cases: Cases = {
  "repository-condition": { given: { "RepositoryPolicy/shop policy.Statement[0].Principal": "*" }, fails: { "RepositoryPolicy/shop policy.Statement[0].Condition": { "ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-1" } } }, boundary: { "RepositoryPolicy/shop policy.Statement[0].Condition": { StringEquals: { "aws:PrincipalOrgID": "o-1" } } } },
  "tags-immutable": { fails: { [repository("imageTagMutability")]: "MUTABLE" }, boundary: { [repository("imageTagMutability")]: "IMMUTABLE_WITH_EXCLUSION" } },
  "images-scanned": { fails: { [repository("imageScanningConfiguration")]: undefined }, boundary: { [repository("imageScanningConfiguration")]: undefined, "+": [{ type: "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration", name: "all", props: {} }] } },
  "images-encrypted": { fails: { [repository("encryptionConfigurations")]: [{ encryptionType: "AES256" }] }, boundary: { [repository("encryptionConfigurations")]: [{ encryptionType: "KMS_DSSE" }] } },
  "repository-private": { fails: { "RepositoryPolicy/shop policy": JSON.stringify(statement({})) }, boundary: { "RepositoryPolicy/shop policy": statement({ Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }) } },
  "images-expire": { fails: { "LifecyclePolicy/shop repository": "shops" }, boundary: { "LifecyclePolicy/shop repository": "shop" } },
  "image-from-own-repository": { fails: { "Deployment/order $c.image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shops:1" }, boundary: { "Deployment/order $c.image": "docker.io/shops:1" } },
};
