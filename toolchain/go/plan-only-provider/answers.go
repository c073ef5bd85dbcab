package main

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// zones of regions that do not have (or do not open to new accounts) three.
var zones = map[string]string{"us-west-1": "ac"}

// answer stands in for the data sources that the components ask; a question it does not know is an error, not a guess.
func (p *provider) answer(token string, args resource.PropertyMap) (resource.PropertyMap, error) {
	name := token[strings.LastIndexByte(token, ':')+1:]
	text := func(key string) string { return textOf(args, key) }
	switch name {
	case "getCallerIdentity":
		return properties(map[string]any{"accountId": p.account, "arn": "arn:aws:sts::" + p.account + ":assumed-role/plan-only/plan-only", "id": p.account, "userId": "PLANONLY"}), nil
	case "getAvailabilityZones":
		return properties(map[string]any{"names": p.zones(), "zoneIds": p.zones(), "id": p.region, "region": p.region, "groupNames": []any{p.region}, "state": "available"}), nil
	case "getSubnet":
		return properties(map[string]any{"id": text("id"), "cidrBlock": "10.0.0.0/24", "availabilityZone": p.zones()[0], "state": "available"}), nil
	case "getZone":
		return properties(map[string]any{"zoneId": "Z0PLANONLY", "id": "Z0PLANONLY", "name": text("name"), "arn": "arn:aws:route53:::hostedzone/Z0PLANONLY"}), nil
	case "getCluster":
		return properties(map[string]any{"id": text("name"), "name": text("name"), "endpoint": "https://plan-only.gr7." + p.region + ".eks.amazonaws.com", "version": "1.34", "status": "ACTIVE",
			"arn": "arn:aws:eks:" + p.region + ":" + p.account + ":cluster/" + text("name"), "certificateAuthorities": []any{map[string]any{"data": "cGxhbiBvbmx5"}},
			"kubernetesNetworkConfigs": []any{map[string]any{"ipFamily": "ipv4", "serviceIpv4Cidr": "10.100.0.0/16", "serviceIpv6Cidr": ""}},
			"vpcConfig":                map[string]any{"clusterSecurityGroupId": "sg-0000000000000000c", "vpcId": "vpc-00000000000000000", "subnetIds": []any{}, "securityGroupIds": []any{}}}), nil
	case "getSecret": // that it is there; what it holds is asked by no plan, so there is no answer to that
		return resource.PropertyMap{"id": resource.NewStringProperty("plan-only"), "name": args["name"], "arn": args["arn"]}, nil
	case "getAuthorizationToken":
		return resource.PropertyMap{"userName": resource.NewStringProperty("AWS"), "id": resource.NewStringProperty(p.region), "expiresAt": resource.NewStringProperty(""),
			"proxyEndpoint": resource.NewStringProperty("https://" + p.account + ".dkr.ecr." + p.region + ".amazonaws.com"),
			"password":      resource.MakeSecret(resource.NewStringProperty("plan-only")), "authorizationToken": resource.MakeSecret(resource.NewStringProperty("plan-only"))}, nil
	}
	return nil, fmt.Errorf("plan only: the stand-in has no answer to %q; add one to toolchain/go/plan-only-provider/answers.go", token)
}

func (p *provider) zones() []any {
	letters, ok := zones[p.region]
	if !ok {
		letters = "abc"
	}
	var names []any
	for _, letter := range letters {
		names = append(names, p.region+string(letter))
	}
	return names
}

func properties(values map[string]any) resource.PropertyMap {
	return resource.NewPropertyMapFromMap(values)
}
