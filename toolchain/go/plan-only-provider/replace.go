package main

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// replacing lists, for what holds data or would take a system down, the properties that the real provider cannot change
// in place, nested ones with their path. Source: ForceNew and CustomizeDiff of the Terraform AWS provider 6, and what @pulumi/kubernetes replaces.
// Properties whose published documentation says "forces new resource" are added to this when a type is read.
var replacing = map[string]string{
	"aws:rds/instance:Instance":                                  "engine username dbName storageEncrypted kmsKeyId availabilityZone backupTarget characterSetName ncharCharacterSetName customIamInstanceProfile snapshotIdentifier restoreToPointInTime s3Import timezone region",
	"aws:rds/subnetGroup:SubnetGroup":                            "name namePrefix region",
	"aws:rds/parameterGroup:ParameterGroup":                      "name namePrefix family description region",
	"aws:msk/cluster:Cluster":                                    "clusterName kafkaVersion storageMode encryptionInfo.encryptionAtRestKmsKeyArn encryptionInfo.encryptionInTransit.inCluster brokerNodeGroupInfo.clientSubnets brokerNodeGroupInfo.securityGroups brokerNodeGroupInfo.azDistribution region",
	"aws:msk/configuration:Configuration":                        "name kafkaVersions region",
	"aws:msk/topic:Topic":                                        "name clusterArn replicationFactor region",
	"aws:eks/cluster:Cluster":                                    "name roleArn kubernetesNetworkConfig.ipFamily kubernetesNetworkConfig.serviceIpv4Cidr encryptionConfig computeConfig.nodeRoleArn accessConfig.bootstrapClusterCreatorAdminPermissions bootstrapSelfManagedAddons outpostConfig region",
	"aws:eks/nodeGroup:NodeGroup":                                "clusterName nodeGroupName nodeGroupNamePrefix nodeRoleArn subnetIds amiType capacityType diskSize instanceTypes launchTemplate.id launchTemplate.name remoteAccess region",
	"aws:ecr/repository:Repository":                              "name encryptionConfigurations region",
	"aws:ec2/vpc:Vpc":                                            "cidrBlock instanceTenancy region",
	"aws:ec2/subnet:Subnet":                                      "vpcId cidrBlock availabilityZone region",
	"aws:ec2/natGateway:NatGateway":                              "subnetId allocationId connectivityType region",
	"aws:ec2/securityGroup:SecurityGroup":                        "name namePrefix description vpcId region",
	"aws:kms/key:Key":                                            "customerMasterKeySpec keyUsage multiRegion customKeyStoreId xksKeyId region",
	"aws:lb/loadBalancer:LoadBalancer":                           "name namePrefix internal loadBalancerType region",
	"aws:lb/targetGroup:TargetGroup":                             "name namePrefix port protocol protocolVersion ipAddressType targetType vpcId region",
	"aws:acm/certificate:Certificate":                            "domainName subjectAlternativeNames keyAlgorithm certificateAuthorityArn validationMethod region",
	"aws:route53/record:Record":                                  "zoneId name type",
	"aws:sns/topic:Topic":                                        "name namePrefix region",
	"aws:iam/role:Role":                                          "name namePrefix path",
	"kubernetes:core/v1:PersistentVolumeClaim":                   "spec",
	"kubernetes:apps/v1:StatefulSet":                             "spec.selector spec.serviceName spec.podManagementPolicy spec.revisionHistoryLimit spec.volumeClaimTemplates",
	"kubernetes:apps/v1:Deployment":                              "spec.selector",
	"kubernetes:batch/v1:Job":                                    "spec.selector spec.template",
	"kubernetes:rbac.authorization.k8s.io/v1:RoleBinding":        "roleRef",
	"kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding": "roleRef",
	"kubernetes:storage.k8s.io/v1:StorageClass":                  "provisioner parameters reclaimPolicy volumeBindingMode",
	"random:index/randomPassword:RandomPassword":                 "length special lower upper numeric keepers minLower minUpper minNumeric minSpecial overrideSpecial",
}

// onlyWhen tells which changes of a property replace, where not every one does.
var onlyWhen = map[string]func(old, now resource.PropertyValue) bool{
	"aws:eks/cluster:Cluster encryptionConfig":          withdrawn,
	"aws:eks/cluster:Cluster computeConfig.nodeRoleArn": func(old, _ resource.PropertyValue) bool { return !old.IsNull() },
	"aws:msk/cluster:Cluster kafkaVersion":              lowered,
	"aws:msk/cluster:Cluster storageMode":               withdrawn,
	"kubernetes:core/v1:PersistentVolumeClaim spec":     func(old, now resource.PropertyValue) bool { return !growsOnly(old, now) },
}

// withdrawn is true when what was set no longer is.
func withdrawn(old, now resource.PropertyValue) bool { return !old.IsNull() && now.IsNull() }

// lowered compares versions such as 3.9.x.kraft by their numbers.
func lowered(old, now resource.PropertyValue) bool {
	for i, before := range numbers(old) {
		if after := numbers(now); before != after[i] {
			return after[i] < before
		}
	}
	return false
}

func numbers(version resource.PropertyValue) (parts [2]int) {
	if value, known := plain(version); known && value.IsString() {
		_, _ = fmt.Sscanf(value.StringValue(), "%d.%d", &parts[0], &parts[1])
	}
	return parts
}

// hidden stands for a secret in a plan that was written to a file.
const hidden = "[secret]"

func (p *provider) diff(urn resource.URN, olds, news resource.PropertyMap) *pulumirpc.DiffResponse {
	answer := &pulumirpc.DiffResponse{Changes: pulumirpc.DiffResponse_DIFF_NONE, HasDetailedDiff: true, DetailedDiff: map[string]*pulumirpc.PropertyDiff{}}
	for _, key := range union(olds, news) {
		old, now := olds[resource.PropertyKey(key)], news[resource.PropertyKey(key)]
		if same(old, now) {
			continue
		}
		answer.Changes = pulumirpc.DiffResponse_DIFF_SOME
		answer.Diffs = append(answer.Diffs, key)
		kind := pulumirpc.PropertyDiff_UPDATE
		if p.replaces(urn, key, olds, news) {
			answer.Replaces = append(answer.Replaces, key)
			kind = pulumirpc.PropertyDiff_UPDATE_REPLACE
		}
		answer.DetailedDiff[key] = &pulumirpc.PropertyDiff{Kind: kind, InputDiff: true}
	}
	return answer
}

func (p *provider) replaces(urn resource.URN, key string, olds, news resource.PropertyMap) bool {
	token := string(urn.Type())
	if p.name == "kubernetes" && key == "metadata" {
		return nameOf(olds) != nameOf(news) || namespaceOf(olds) != namespaceOf(news)
	}
	for _, path := range strings.Fields(replacing[token]) {
		names := strings.Split(path, ".")
		if old, now := at(olds, names), at(news, names); names[0] == key && !same(old, now) {
			if matters := onlyWhen[token+" "+path]; matters == nil || matters(old, now) {
				return true
			}
		}
	}
	args, _, err := p.sdk.resource(token)
	return err == nil && args.properties[key].replaces
}

// at follows a path of names; nothing is there when one of them is missing.
func at(values resource.PropertyMap, path []string) resource.PropertyValue {
	value, known := plain(values[resource.PropertyKey(path[0])])
	if len(path) == 1 {
		return values[resource.PropertyKey(path[0])]
	}
	if !known || !value.IsObject() {
		return resource.NewNullProperty()
	}
	return at(value.ObjectValue(), path[1:])
}

// growsOnly is true when nothing but the requested storage of a claim differs.
func growsOnly(old, now resource.PropertyValue) bool {
	if !old.IsObject() || !now.IsObject() {
		return false
	}
	for _, key := range union(old.ObjectValue(), now.ObjectValue()) {
		if key != "resources" && !same(old.ObjectValue()[resource.PropertyKey(key)], now.ObjectValue()[resource.PropertyKey(key)]) {
			return false
		}
	}
	return true
}

func union(a, b resource.PropertyMap) []string {
	var keys []string
	for key := range a {
		keys = append(keys, string(key))
	}
	for key := range b {
		if _, ok := a[key]; !ok {
			keys = append(keys, string(key))
		}
	}
	return keys
}

// same compares values; a secret that a written plan hides counts as unchanged.
func same(a, b resource.PropertyValue) bool {
	a, knownA := plain(a)
	b, knownB := plain(b)
	if !knownA || !knownB {
		return knownA == knownB
	}
	if a.IsString() && a.StringValue() == hidden || b.IsString() && b.StringValue() == hidden {
		return true
	}
	switch {
	case a.IsObject() && b.IsObject():
		for _, key := range union(a.ObjectValue(), b.ObjectValue()) {
			if strings.HasPrefix(key, "__") {
				continue
			}
			if !same(a.ObjectValue()[resource.PropertyKey(key)], b.ObjectValue()[resource.PropertyKey(key)]) {
				return false
			}
		}
		return true
	case a.IsArray() && b.IsArray():
		if len(a.ArrayValue()) != len(b.ArrayValue()) {
			return false
		}
		for i, item := range a.ArrayValue() {
			if !same(item, b.ArrayValue()[i]) {
				return false
			}
		}
		return true
	}
	return a.DeepEquals(b)
}
