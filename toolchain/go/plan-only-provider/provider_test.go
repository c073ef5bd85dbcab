package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

func standIn(t *testing.T, name string) *provider {
	t.Helper()
	types, err := openSDK(name)
	if err != nil {
		t.Fatal(err)
	}
	return &provider{name: name, sdk: types, region: "eu-central-1", account: "111122223333"}
}

func check(t *testing.T, p *provider, token string, inputs map[string]any) (resource.PropertyMap, string) {
	t.Helper()
	values, err := write(resource.NewPropertyMapFromMap(inputs))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := p.Check(context.Background(), &pulumirpc.CheckRequest{Urn: string(newURN(token)), News: values})
	if err != nil {
		t.Fatal(err)
	}
	var reasons []string
	for _, failure := range answer.GetFailures() {
		reasons = append(reasons, failure.GetReason())
	}
	checked, err := read(answer.GetInputs())
	if err != nil {
		t.Fatal(err)
	}
	return checked, strings.Join(reasons, "\n")
}

func TestEveryComputedOutputIsPublished(t *testing.T) {
	p := standIn(t, "aws")
	for token, rule := range rules {
		args, state, err := p.sdk.resource(token)
		if err != nil {
			t.Errorf("%s: %v", token, err)
			continue
		}
		for _, fault := range p.sdk.validate(resource.NewPropertyMapFromMap(rule.adds), state, "") {
			if !strings.HasSuffix(fault, " is required and missing") { // it comes from the inputs
				t.Errorf("%s: %s", token, fault)
			}
		}
		if rule.named != "" {
			if _, ok := args.properties[rule.named]; !ok {
				t.Errorf("%s: %q is no published input", token, rule.named)
			}
		}
	}
}

func TestEveryOutputOfOtherProvidersIsPublished(t *testing.T) {
	for token, inputs := range map[string]map[string]any{
		"random:index/randomString:RandomString":     {"length": 6.0, "special": false},
		"random:index/randomPassword:RandomPassword": {"length": 32.0, "special": false},
		"docker-build:index:Image":                   {"push": true, "tags": []any{"registry/shop:1"}, "context": map[string]any{"location": "shop"}},
	} {
		p := standIn(t, strings.SplitN(token, ":", 2)[0])
		file, _, err := p.sdk.place(token)
		if err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(filepath.Join(p.sdk.folder, file))
		if err != nil {
			t.Fatal(err)
		}
		_, outputs := p.outputs(newURN(token), resource.NewPropertyMapFromMap(inputs))
		for name := range outputs {
			if !strings.Contains(string(text), "    readonly "+string(name)+": pulumi.Output<") {
				t.Errorf("%s: %q is no published output", token, name)
			}
		}
	}
}

func TestWrongInputsAreRefusedAllAtOnce(t *testing.T) {
	_, reasons := check(t, standIn(t, "aws"), "aws:rds/instance:Instance", map[string]any{
		"multiAZ": true, "allocatedStorage": "fifty", "blueGreenUpdate": map[string]any{"enable": true},
	})
	for _, wanted := range []string{
		`multiAZ is not a published property (did you mean "multiAz"?)`, "allocatedStorage is a string, published as number",
		"blueGreenUpdate.enable is not a published property", "instanceClass is required and missing", "plan only: aws:rds/instance:Instance",
	} {
		if !strings.Contains(reasons, wanted) {
			t.Errorf("%q is not in:\n%s", wanted, reasons)
		}
	}
}

func TestUnknownTypesAreRefused(t *testing.T) {
	_, reasons := check(t, standIn(t, "aws"), "aws:rds/miracle:Miracle", map[string]any{})
	if !strings.Contains(reasons, `type "aws:rds/miracle:Miracle" is not in @pulumi/aws`) {
		t.Error(reasons)
	}
}

func TestKubernetesObjectsAreCheckedDeeply(t *testing.T) {
	p := standIn(t, "kubernetes")
	container := map[string]any{"name": "c", "image": "i", "imagePullPolice": "Always"}
	spec := map[string]any{"selector": map[string]any{}, "template": map[string]any{"spec": map[string]any{"containers": []any{container}}}}
	_, reasons := check(t, p, "kubernetes:apps/v1:Deployment", map[string]any{"apiVersion": "apps/v1", "kind": "Deployment", "spec": spec})
	if !strings.Contains(reasons, "spec.template.spec.containers[0].imagePullPolice is not a published property") {
		t.Error(reasons)
	}
	if _, reasons := check(t, p, "kubernetes:gateway.networking.k8s.io/v1:Gateway", map[string]any{"spec": map[string]any{"any": 1}}); reasons != "" {
		t.Error(reasons)
	}
}

func TestNamesAreStableAndFollowTheContent(t *testing.T) {
	p := standIn(t, "kubernetes")
	named := func(value string) string {
		checked, _ := check(t, p, "kubernetes:core/v1:ConfigMap", map[string]any{"data": map[string]any{"key": value}})
		return nameOf(checked)
	}
	if named("a") != named("a") || named("a") == named("b") || !strings.HasPrefix(named("a"), "it-") {
		t.Error(named("a"), named("b"))
	}
}

func TestAClusterThatWouldMakeItsAddOnsTwiceIsRefused(t *testing.T) {
	for _, row := range []struct {
		inputs map[string]any
		said   string
	}{
		{map[string]any{"skipDefaultNodeGroup": true, "createInstanceRole": false}, "set skipDefaultSecurityGroups: true, useDefaultVpcCni: true, kubeProxyAddonOptions: { enabled: false }, corednsAddonOptions: { enabled: false }"},
		{map[string]any{"autoMode": map[string]any{"enabled": true}}, "createInstanceRole: false"},
	} {
		c := &component{}
		standIn(t, "eks").eksCluster(context.Background(), c, "it", resource.NewPropertyMapFromMap(row.inputs))
		if c.failure == nil || !strings.Contains(c.failure.Error(), row.said) {
			t.Error(c.failure)
		}
	}
}

func TestAClusterWithoutPoolsOfEKSHasNoRoleForThem(t *testing.T) {
	auto := map[string]any{"enabled": true, "createNodeRole": false, "computeConfig": map[string]any{"nodePools": []any{}}}
	config := computeConfig(resource.NewPropertyMapFromMap(map[string]any{"autoMode": auto}), "").ObjectValue()
	if len(config["nodePools"].ArrayValue()) != 0 || config.HasValue("nodeRoleArn") {
		t.Error(config)
	}
}

func TestNothingIsEverCreated(t *testing.T) {
	for _, name := range []string{"aws", "eks", "docker-build", "kubernetes", "random"} {
		p := standIn(t, name)
		_, err := p.Create(context.Background(), &pulumirpc.CreateRequest{Urn: string(newURN("aws:rds/instance:Instance"))})
		if err == nil || !strings.Contains(err.Error(), "plan only") {
			t.Errorf("%s created something: %v", name, err)
		}
		if _, err := p.Delete(context.Background(), &pulumirpc.DeleteRequest{}); err == nil {
			t.Errorf("%s deleted something", name)
		}
		if _, err := p.Update(context.Background(), &pulumirpc.UpdateRequest{}); err == nil {
			t.Errorf("%s changed something", name)
		}
	}
}

func TestDefaultTagsAreShown(t *testing.T) {
	p := standIn(t, "aws")
	p.configure(decodeConfig(resource.NewPropertyMapFromMap(map[string]any{
		"region": "eu-west-1", "allowedAccountIds": `["999988887777"]`, "defaultTags": `{"tags":{"system":"shared","stage":"prod"}}`,
	})))
	checked, _ := check(t, p, "aws:ecr/repository:Repository", map[string]any{"name": "a", "tags": map[string]any{"system": "shop"}})
	tags := checked["tags"].ObjectValue()
	if tags["system"].StringValue() != "shop" || tags["stage"].StringValue() != "prod" {
		t.Error(tags)
	}
	_, outputs := p.outputs(newURN("aws:ecr/repository:Repository"), checked)
	if got := outputs["repositoryUrl"].StringValue(); got != "999988887777.dkr.ecr.eu-west-1.amazonaws.com/a" {
		t.Error(got)
	}
}

func TestProviderSettingsAreChecked(t *testing.T) {
	for _, row := range []struct {
		name     string
		settings map[string]any
		said     string
	}{
		{"aws", map[string]any{"region": "eu-west-1", "version": "7.0.0", "maxRetries": "3", "skipRegionValidation": "true", "allowedAccountIds": `["999988887777"]`, "defaultTags": `{"tags":{"stage":"prod"}}`}, ""},
		{"aws", map[string]any{"regoin": "eu-west-1"}, "regoin is not a published property"},
		{"aws", map[string]any{"defaultTags": `{"tag":{"stage":"prod"}}`}, "defaultTags.tag is not a published property"},
		{"aws", map[string]any{"maxRetries": `"many"`}, "maxRetries is a string, published as number"},
		{"kubernetes", map[string]any{"kubeconfig": `{"kind":"Config"}`, "enableServerSideApply": "true"}, ""},
		{"random", map[string]any{}, ""},
	} {
		values, err := write(resource.NewPropertyMapFromMap(row.settings))
		if err != nil {
			t.Fatal(err)
		}
		answer, err := standIn(t, row.name).CheckConfig(context.Background(), &pulumirpc.CheckRequest{News: values})
		if err != nil {
			t.Fatal(err)
		}
		var reasons string
		for _, failure := range answer.GetFailures() {
			reasons += failure.GetReason()
		}
		if row.said == "" && reasons != "" || !strings.Contains(reasons, row.said) {
			t.Errorf("%v: %q", row.settings, reasons)
		}
	}
}

func TestAnImageForAnotherPlatformIsAnotherImage(t *testing.T) {
	p := standIn(t, "docker-build")
	digests := map[string]bool{}
	for _, platforms := range [][]any{{"linux/amd64"}, {"linux/arm64"}, {"linux/amd64", "linux/arm64"}} {
		inputs := map[string]any{"push": true, "tags": []any{"registry/shop:1"}, "context": map[string]any{"location": "shop"}, "platforms": platforms}
		checked, reasons := check(t, p, "docker-build:index:Image", inputs)
		if reasons != "" {
			t.Error(reasons)
		}
		_, outputs := p.outputs(newURN("docker-build:index:Image"), checked)
		digest := textOf(outputs, "digest")
		if outputs["ref"].StringValue() != "registry/shop:1@"+digest || len(digest) != len("sha256:")+64 {
			t.Error(outputs)
		}
		digests[digest] = true
	}
	if len(digests) != 3 {
		t.Error(digests)
	}
	if _, reasons := check(t, p, "docker-build:index:Image", map[string]any{"push": true, "platforms": "linux/amd64", "tag": "a"}); !strings.Contains(reasons, "platforms is a string, published as a list") || !strings.Contains(reasons, `tag is not a published property`) {
		t.Error(reasons)
	}
}

func newURN(token string) resource.URN {
	return resource.URN("urn:pulumi:prod::slipway::" + token + "::it")
}
