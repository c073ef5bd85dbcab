package main

import (
	"context"
	"crypto/sha1" //nolint:gosec // the name of a resource, not a protection
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

const managed = "arn:aws:iam::aws:policy/"

// eksCluster registers what @pulumi/eks registers for a cluster: service role, node role of Auto Mode, the cluster
// itself, its Kubernetes provider and the access entries. Names follow nodejs/eks/cluster/cluster.ts of pulumi-eks 4.
func (p *provider) eksCluster(ctx context.Context, c *component, name string, inputs resource.PropertyMap) resource.PropertyMap {
	auto, _ := plain(inputs["autoMode"])
	isAuto := auto.IsObject() && flag(auto.ObjectValue(), "enabled", false)
	if missing := notImitated(inputs); len(missing) > 0 {
		c.failure = fmt.Errorf("plan only: @pulumi/eks also makes nodes, roles, add-ons and security groups of its own, some of them with Auto Mode too, which this stand-in does not imitate; set %s", strings.Join(missing, ", "))
		return resource.PropertyMap{}
	}
	policies := []string{"AmazonEKSClusterPolicy"}
	if isAuto {
		policies = append(policies, "AmazonEKSComputePolicy", "AmazonEKSBlockStoragePolicy", "AmazonEKSLoadBalancingPolicy", "AmazonEKSNetworkingPolicy")
	}
	role := c.serviceRole(ctx, name+"-eksRole", "eks.amazonaws.com", []string{"sts:AssumeRole", "sts:TagSession"}, policies, inputs["tags"])
	nodeRole, nodeRoleName := "", ""
	if isAuto && flag(auto.ObjectValue(), "createNodeRole", true) {
		policies := []string{"AmazonEKSWorkerNodeMinimalPolicy", "AmazonEC2ContainerRegistryPullOnly"}
		nodeRole = c.serviceRole(ctx, name+"-nodeRole", "ec2.amazonaws.com", []string{"sts:AssumeRole"}, policies, inputs["tags"])
		nodeRoleName = nodeRole[len("arn:aws:iam::"+p.account+":role/"):]
	}
	protect := flag(inputs, "deletionProtection", false)
	urn, id, cluster := c.child(ctx, "aws:eks/cluster:Cluster", name+"-eksCluster", clusterInputs(name, inputs, isAuto, role, nodeRole), protect)
	kubeconfig := kubeconfigOf(textOf(cluster, "name"), textOf(cluster, "endpoint"), p.region)
	kubeconfigText, err := json.Marshal(kubeconfig)
	if err != nil {
		c.failure = err
	}
	c.child(ctx, "pulumi:providers:kubernetes", name+"-eks-k8s", resource.PropertyMap{"kubeconfig": resource.NewStringProperty(string(kubeconfigText))}, false)
	c.accessEntries(ctx, name, textOf(cluster, "name"), inputs["accessEntries"])
	return resource.PropertyMap{
		"eksCluster":             resource.MakeCustomResourceReference(resource.URN(urn), resource.ID(id), ""),
		"kubeconfig":             resource.NewPropertyValue(kubeconfig),
		"kubeconfigJson":         resource.NewStringProperty(string(kubeconfigText)),
		"autoModeNodeRoleName":   resource.NewStringProperty(nodeRoleName),
		"clusterSecurityGroupId": resource.NewStringProperty(""),
		"nodeSecurityGroupId":    resource.NewStringProperty(""),
		"clusterIngressRuleId":   resource.NewStringProperty(""),
		"oidcIssuer":             resource.NewStringProperty("oidc.eks." + p.region + ".amazonaws.com/id/" + digest(resource.URN(c.urn))[:17]),
		"instanceRoles":          resource.NewArrayProperty(nil),
	}
}

// notImitated lists the switches that are not set against what @pulumi/eks registers by default: all of it outside Auto
// Mode, and with Auto Mode still an instance role with its access entry and the CoreDNS add-on.
func notImitated(inputs resource.PropertyMap) []string {
	var missing []string
	for _, name := range []string{"skipDefaultNodeGroup", "skipDefaultSecurityGroups", "useDefaultVpcCni"} {
		if !flag(inputs, name, false) {
			missing = append(missing, name+": true")
		}
	}
	if flag(inputs, "createInstanceRole", true) {
		missing = append(missing, "createInstanceRole: false")
	}
	for _, name := range []resource.PropertyKey{"kubeProxyAddonOptions", "corednsAddonOptions"} {
		if options, _ := plain(inputs[name]); !options.IsObject() || flag(options.ObjectValue(), "enabled", true) {
			missing = append(missing, string(name)+": { enabled: false }")
		}
	}
	return missing
}

func clusterInputs(name string, inputs resource.PropertyMap, isAuto bool, role, nodeRole string) resource.PropertyMap {
	network := resource.PropertyMap{"ipFamily": resource.NewStringProperty("ipv4")}
	vpc := resource.PropertyMap{"subnetIds": joined(inputs["publicSubnetIds"], inputs["privateSubnetIds"], inputs["subnetIds"])}
	copyOf(inputs, vpc, "endpointPrivateAccess", "endpointPublicAccess", "publicAccessCidrs")
	cluster := resource.PropertyMap{
		"roleArn":                    resource.NewStringProperty(role),
		"bootstrapSelfManagedAddons": resource.NewBoolProperty(!isAuto && flag(inputs, "bootstrapSelfManagedAddons", true)),
		"vpcConfig":                  resource.NewObjectProperty(vpc),
		"tags":                       tagged(name+"-eksCluster", inputs["clusterTags"], inputs["tags"]),
	}
	copyOf(inputs, cluster, "name", "version", "enabledClusterLogTypes", "upgradePolicy", "deletionProtection")
	if key, ok := inputs["encryptionConfigKeyArn"]; ok {
		cluster["encryptionConfig"] = object("provider", object("keyArn", key), "resources", resource.NewArrayProperty([]resource.PropertyValue{resource.NewStringProperty("secrets")}))
	}
	if mode, ok := inputs["authenticationMode"]; ok {
		cluster["accessConfig"] = object("authenticationMode", mode, "bootstrapClusterCreatorAdminPermissions", resource.NewBoolProperty(true))
	}
	if isAuto {
		network["elasticLoadBalancing"] = object("enabled", resource.NewBoolProperty(true))
		cluster["storageConfig"] = object("blockStorage", object("enabled", resource.NewBoolProperty(true)))
		cluster["computeConfig"] = computeConfig(inputs, nodeRole)
	}
	copyOf(inputs, network, "ipFamily")
	if cidr, ok := inputs["kubernetesServiceIpAddressRange"]; ok {
		network["serviceIpv4Cidr"] = cidr
	}
	cluster["kubernetesNetworkConfig"] = resource.NewObjectProperty(network)
	return cluster
}

// computeConfig names the node pools of EKS itself and their role; what the program says about them comes first.
func computeConfig(inputs resource.PropertyMap, nodeRole string) resource.PropertyValue {
	pools := []resource.PropertyValue{resource.NewStringProperty("general-purpose"), resource.NewStringProperty("system")}
	config := resource.PropertyMap{"enabled": resource.NewBoolProperty(true), "nodePools": resource.NewArrayProperty(pools)}
	if nodeRole != "" {
		config["nodeRoleArn"] = resource.NewStringProperty(nodeRole)
	}
	auto, _ := plain(inputs["autoMode"])
	if own, known := plain(auto.ObjectValue()["computeConfig"]); known && own.IsObject() {
		copyOf(own.ObjectValue(), config, "nodePools", "nodeRoleArn")
	}
	return resource.NewObjectProperty(config)
}

// serviceRole registers a role and its managed policies under their own component and returns the role's ARN.
func (c *component) serviceRole(ctx context.Context, name, service string, actions, policies []string, tags resource.PropertyValue) string {
	document, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": []any{map[string]any{"Action": actions, "Effect": "Allow", "Principal": map[string]any{"Service": service}}}})
	if err != nil {
		c.failure = err
	}
	inputs := resource.PropertyMap{"assumeRolePolicy": resource.NewStringProperty(string(document))}
	if tags.IsObject() {
		inputs["tags"] = tags
	}
	_, _, role := c.child(ctx, "aws:iam/role:Role", name+"-role", inputs, false)
	for _, policy := range policies {
		sum := sha1.Sum([]byte(managed + policy)) //nolint:gosec
		c.child(ctx, "aws:iam/rolePolicyAttachment:RolePolicyAttachment", name+"-"+hex.EncodeToString(sum[:])[:8], resource.PropertyMap{
			"role": resource.NewStringProperty(textOf(role, "name")), "policyArn": resource.NewStringProperty(managed + policy)}, false)
	}
	return textOf(role, "arn")
}

// accessEntries registers who may use the cluster, and with which policies.
func (c *component) accessEntries(ctx context.Context, name, cluster string, entries resource.PropertyValue) {
	if entries, known := plain(entries); known && entries.IsObject() {
		for _, key := range entries.ObjectValue().StableKeys() {
			entry, _ := plain(entries.ObjectValue()[key])
			inputs := resource.PropertyMap{"clusterName": resource.NewStringProperty(cluster)}
			copyOf(entry.ObjectValue(), inputs, "principalArn", "kubernetesGroups", "type", "userName", "tags")
			c.child(ctx, "aws:eks/accessEntry:AccessEntry", name+"-"+string(key), inputs, false)
			policies, known := plain(entry.ObjectValue()["accessPolicies"])
			if !known || !policies.IsObject() {
				continue
			}
			for _, association := range policies.ObjectValue().StableKeys() {
				policy, _ := plain(policies.ObjectValue()[association])
				inputs := resource.PropertyMap{"clusterName": resource.NewStringProperty(cluster), "principalArn": entry.ObjectValue()["principalArn"]}
				copyOf(policy.ObjectValue(), inputs, "policyArn", "accessScope")
				c.child(ctx, "aws:eks/accessPolicyAssociation:AccessPolicyAssociation", name+"-"+string(key)+"-"+string(association), inputs, false)
			}
		}
	}
}

func kubeconfigOf(cluster, endpoint, region string) map[string]any {
	exec := map[string]any{"apiVersion": "client.authentication.k8s.io/v1beta1", "command": "aws", "args": []any{"eks", "get-token", "--cluster-name", cluster, "--region", region}}
	return map[string]any{
		"apiVersion": "v1", "kind": "Config", "current-context": "aws",
		"clusters": []any{map[string]any{"name": "kubernetes", "cluster": map[string]any{"server": endpoint, "certificate-authority-data": "cGxhbiBvbmx5"}}},
		"contexts": []any{map[string]any{"name": "aws", "context": map[string]any{"cluster": "kubernetes", "user": "aws"}}},
		"users":    []any{map[string]any{"name": "aws", "user": map[string]any{"exec": exec}}},
	}
}

func flag(values resource.PropertyMap, key string, otherwise bool) bool {
	if value, known := plain(values[resource.PropertyKey(key)]); known && value.IsBool() {
		return value.BoolValue()
	}
	return otherwise
}

func object(pairs ...any) resource.PropertyValue {
	fields := resource.PropertyMap{}
	for i := 0; i+1 < len(pairs); i += 2 {
		fields[resource.PropertyKey(pairs[i].(string))] = pairs[i+1].(resource.PropertyValue)
	}
	return resource.NewObjectProperty(fields)
}

func copyOf(from, to resource.PropertyMap, keys ...resource.PropertyKey) {
	for _, key := range keys {
		if value, ok := from[key]; ok && !value.IsNull() {
			to[key] = value
		}
	}
}

func joined(lists ...resource.PropertyValue) resource.PropertyValue {
	var all []resource.PropertyValue
	for _, list := range lists {
		if list, known := plain(list); known && list.IsArray() {
			all = append(all, list.ArrayValue()...)
		}
	}
	return resource.NewArrayProperty(all)
}

func tagged(name string, more ...resource.PropertyValue) resource.PropertyValue {
	tags := resource.PropertyMap{"Name": resource.NewStringProperty(name)}
	for _, tag := range more {
		if tag, known := plain(tag); known && tag.IsObject() {
			for key, value := range tag.ObjectValue() {
				tags[key] = value
			}
		}
	}
	return resource.NewObjectProperty(tags)
}
