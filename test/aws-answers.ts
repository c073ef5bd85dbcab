import type { Answers } from "./record-resources.ts";

/** What AWS would answer in a test without an engine: just enough for the components to go on. */
export const awsAnswers: Answers = (type, name, inputs) => {
  const id = `${name}-id`;
  switch (type) {
    case "eks:index:Cluster":
      return {
        eksCluster: {
          name,
          arn: `arn:aws:eks:eu-central-1:111122223333:cluster/${name}`,
          roleArn: `arn:aws:iam::111122223333:role/${name}`,
          vpcConfig: { clusterSecurityGroupId: "sg-cluster" },
        },
        kubeconfigJson: "{}",
      };
    case "aws:eks/getCluster:getCluster":
      return {
        arn: "arn:aws:eks:eu-central-1:111122223333:cluster/theirs",
        endpoint: "https://theirs",
        certificateAuthorities: [{ data: "Y2E=" }],
        kubernetesNetworkConfigs: [{ serviceIpv4Cidr: "10.100.0.0/16" }],
        vpcConfig: { clusterSecurityGroupId: "sg-theirs" },
      };
    case "aws:ec2/getSubnet:getSubnet":
      return { cidrBlock: `10.8.25${String(inputs["id"]).at(-1)}.0/24` };
    case "aws:index/getAvailabilityZones:getAvailabilityZones":
      return { names: ["eu-central-1a", "eu-central-1b", "eu-central-1c"] };
    case "aws:secretsmanager/getSecretVersion:getSecretVersion":
      return { secretString: JSON.stringify({ username: "admin", password: "password-of-admin" }) };
    case "aws:route53/getZone:getZone":
      return { zoneId: "Z1" };
    case "aws:ecr/getAuthorizationToken:getAuthorizationToken":
      return { userName: "AWS", password: "password-of-registry" };
    case "aws:rds/instance:Instance":
      return {
        arn: id,
        address: `${name}.rds`,
        resourceId: `db-${name}`,
        masterUserSecrets: [{ secretArn: "arn:secret" }],
      };
    case "aws:elasticache/replicationGroup:ReplicationGroup":
      return { arn: id, primaryEndpointAddress: `master.${name}.cache` };
    case "aws:elasticache/parameterGroup:ParameterGroup":
    case "aws:rds/parameterGroup:ParameterGroup":
      return { arn: id, name };
    case "aws:msk/cluster:Cluster":
      return {
        arn: `arn:aws:kafka:eu-central-1:111122223333:cluster/${name}/uuid`,
        bootstrapBrokersSaslIam: "b-1:9098,b-2:9098,b-3:9098",
      };
    case "aws:acm/certificate:Certificate":
      return {
        arn: id,
        domainValidationOptions: [{ resourceRecordName: "_x", resourceRecordType: "CNAME", resourceRecordValue: "_y" }],
      };
    case "aws:ecr/repository:Repository":
      return { repositoryUrl: `registry/${String(inputs["name"])}` };
    case "random:index/randomString:RandomString":
      return { result: "a1b2c3" };
    case "docker-build:index:Image":
      return { digest: `sha256:${"0".repeat(64)}` };
    case "aws:iam/role:Role":
      return { arn: id, name };
    case "aws:kms/key:Key":
      return { arn: `arn:aws:kms:${name}`, keyId: name };
    default:
      return { arn: id, ...(type.startsWith("aws:route53/record") ? { fqdn: inputs["name"] } : {}) };
  }
};
