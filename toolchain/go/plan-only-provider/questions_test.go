package main

import (
	"context"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

func TestQuestionsWithoutAnAnswerAreErrors(t *testing.T) {
	p := standIn(t, "aws")
	for _, token := range []string{"aws:index/getAmi:getAmi", "aws:ec2/getAmi:getAmi", "aws:index/getMiracle:getMiracle", "aws:secretsmanager/getSecretVersion:getSecretVersion"} {
		if _, err := p.Invoke(context.Background(), &pulumirpc.InvokeRequest{Tok: token}); err == nil {
			t.Errorf("%s was answered", token)
		}
	}
}

func TestEveryAnswerIsPublished(t *testing.T) {
	p := standIn(t, "aws")
	for _, token := range []string{
		"aws:index/getCallerIdentity:getCallerIdentity", "aws:index/getAvailabilityZones:getAvailabilityZones", "aws:ec2/getSubnet:getSubnet", "aws:route53/getZone:getZone", "aws:eks/getCluster:getCluster",
		"aws:secretsmanager/getSecret:getSecret", "aws:ecr/getAuthorizationToken:getAuthorizationToken",
	} {
		answer, err := p.answer(token, resource.PropertyMap{})
		if err != nil {
			t.Fatal(err)
		}
		file, name, _ := p.sdk.place(token)
		shapes, err := p.sdk.read(file)
		if err != nil {
			t.Fatal(err)
		}
		published := shapes[strings.ToUpper(name[:1])+name[1:]+"Result"]
		for key := range answer {
			if _, ok := published.properties[string(key)]; !ok {
				t.Errorf("%s: %q is no published answer", token, key)
			}
		}
	}
}

func TestQuestionsAreCheckedLikeResources(t *testing.T) {
	p := standIn(t, "aws")
	for _, row := range []struct {
		token string
		args  map[string]any
		said  string
	}{
		{"aws:route53/getZone:getZone", map[string]any{"name": "shop.example.com"}, ""},
		{"aws:index/getCallerIdentity:getCallerIdentity", map[string]any{}, ""},
		{"aws:index/getAvailabilityZones:getAvailabilityZones", map[string]any{"state": "available", "filters": []any{map[string]any{"name": "zone-type", "values": []any{"availability-zone"}}}}, ""},
		{"aws:route53/getZone:getZone", map[string]any{"Name": "shop.example.com"}, `Name is not a published property (did you mean "name"?)`},
		{"aws:eks/getCluster:getCluster", map[string]any{}, "name is required and missing"},
		{"aws:index/getAvailabilityZones:getAvailabilityZones", map[string]any{"state": true}, "state is a bool, published as string"},
		{"aws:index/getAvailabilityZones:getAvailabilityZones", map[string]any{"filters": []any{map[string]any{"name": "a", "value": "b"}}}, "filters[0].value is not a published property"},
		{"aws:index/getMiracle:getMiracle", map[string]any{}, `function "aws:index/getMiracle:getMiracle" is not in @pulumi/aws`},
	} {
		args, err := write(resource.NewPropertyMapFromMap(row.args))
		if err != nil {
			t.Fatal(err)
		}
		_, err = p.Invoke(context.Background(), &pulumirpc.InvokeRequest{Tok: row.token, Args: args})
		if row.said == "" && err != nil || row.said != "" && (err == nil || !strings.Contains(err.Error(), row.said)) {
			t.Errorf("%s %v: %v", row.token, row.args, err)
		}
	}
}
