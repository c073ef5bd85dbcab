package main

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

func TestEveryReplacingPropertyIsPublished(t *testing.T) {
	for token, names := range replacing {
		p := standIn(t, strings.SplitN(token, ":", 2)[0])
		args, _, err := p.sdk.resource(token)
		if err != nil {
			t.Errorf("%s: %v", token, err)
			continue
		}
		for _, path := range strings.Fields(names) {
			if !published(p, args, strings.Split(path, ".")) {
				t.Errorf("%s: %q is no published input", token, path)
			}
		}
	}
}

func published(p *provider, want *shape, path []string) bool {
	known, ok := want.properties[path[0]]
	if !ok || len(path) == 1 {
		return ok
	}
	for _, kind := range split(unwrap(known.kind), '|') {
		if inner := p.sdk.input(strings.TrimPrefix(unwrap(kind), "inputs.")); inner != nil {
			return published(p, inner, path[1:])
		}
	}
	return false
}

func TestReplacementIsSaid(t *testing.T) {
	p := standIn(t, "aws")
	old := resource.NewPropertyMapFromMap(map[string]any{"engine": "mariadb", "instanceClass": "db.m7g.large", "identifier": "shop", "password": hidden})
	for key, replaces := range map[string]bool{"engine": true, "username": true, "identifier": false, "instanceClass": false} {
		now := old.Copy()
		now[resource.PropertyKey(key)] = resource.NewStringProperty("other")
		now["password"] = resource.MakeSecret(resource.NewStringProperty("anything"))
		answer := p.diff(newURN("aws:rds/instance:Instance"), old, now)
		if len(answer.GetDiffs()) != 1 || (len(answer.GetReplaces()) == 1) != replaces {
			t.Errorf("%s: %v", key, answer)
		}
	}
}

// change of a resource, and whether the real provider replaces it for that.
type change struct {
	what, token string
	old, now    map[string]any
	replaces    bool
}

func assertSaid(t *testing.T, changes []change) {
	t.Helper()
	for _, row := range changes {
		p := standIn(t, strings.SplitN(row.token, ":", 2)[0])
		answer := p.diff(newURN(row.token), resource.NewPropertyMapFromMap(row.old), resource.NewPropertyMapFromMap(row.now))
		if len(answer.GetDiffs()) != 1 || (len(answer.GetReplaces()) == 1) != row.replaces {
			t.Errorf("%s: %v", row.what, answer)
		}
	}
}

func TestReplacementByANestedPropertyIsSaid(t *testing.T) {
	broker := func(instanceType, subnet string) map[string]any {
		return map[string]any{"brokerNodeGroupInfo": map[string]any{"instanceType": instanceType, "clientSubnets": []any{subnet}, "securityGroups": []any{"sg"}}}
	}
	transit := func(clients string, inside bool) map[string]any {
		return map[string]any{"encryptionInfo": map[string]any{"encryptionInTransit": map[string]any{"clientBroker": clients, "inCluster": inside}}}
	}
	creator := func(may bool) map[string]any {
		return map[string]any{"accessConfig": map[string]any{"bootstrapClusterCreatorAdminPermissions": may}}
	}
	spec := func(replicas float64, service, size string) map[string]any {
		claim := map[string]any{"spec": map[string]any{"resources": map[string]any{"requests": map[string]any{"storage": size}}}}
		return map[string]any{"spec": map[string]any{"replicas": replicas, "serviceName": service, "volumeClaimTemplates": []any{claim}}}
	}
	selector := func(image, name string) map[string]any {
		return map[string]any{"spec": map[string]any{"selector": map[string]any{"matchLabels": map[string]any{"name": name}}, "template": map[string]any{"image": image}}}
	}
	role := func(name string) map[string]any { return map[string]any{"roleRef": map[string]any{"name": name}} }
	assertSaid(t, []change{
		{"larger brokers", "aws:msk/cluster:Cluster", broker("kafka.m7g.large", "a"), broker("kafka.m7g.xlarge", "a"), false},
		{"brokers elsewhere", "aws:msk/cluster:Cluster", broker("kafka.m7g.large", "a"), broker("kafka.m7g.large", "b"), true},
		{"no TLS for clients", "aws:msk/cluster:Cluster", transit("TLS", true), transit("PLAINTEXT", true), false},
		{"no TLS among brokers", "aws:msk/cluster:Cluster", transit("TLS", true), transit("TLS", false), true},
		{"a creator without rights", "aws:eks/cluster:Cluster", creator(true), creator(false), true},
		{"more copies", "kubernetes:apps/v1:StatefulSet", spec(1, "db", "1Gi"), spec(2, "db", "1Gi"), false},
		{"another service", "kubernetes:apps/v1:StatefulSet", spec(1, "db", "1Gi"), spec(1, "other", "1Gi"), true},
		{"larger volumes", "kubernetes:apps/v1:StatefulSet", spec(1, "db", "1Gi"), spec(1, "db", "2Gi"), true},
		{"another image", "kubernetes:apps/v1:Deployment", selector("a", "x"), selector("b", "x"), false},
		{"other pods", "kubernetes:apps/v1:Deployment", selector("a", "x"), selector("a", "y"), true},
		{"another role", "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", role("a"), role("b"), true},
	})
}

func TestReplacementInOneDirectionIsSaid(t *testing.T) {
	kafka := func(version string) map[string]any { return map[string]any{"kafkaVersion": version} }
	none, secrets := map[string]any{}, map[string]any{"encryptionConfig": map[string]any{"resources": []any{"secrets"}}}
	nodeRole := func(arn string) map[string]any {
		return map[string]any{"computeConfig": map[string]any{"nodeRoleArn": arn}}
	}
	claim := func(size, class string) map[string]any {
		return map[string]any{"spec": map[string]any{"storageClassName": class, "resources": map[string]any{"requests": map[string]any{"storage": size}}}}
	}
	assertSaid(t, []change{
		{"an older Kafka", "aws:msk/cluster:Cluster", kafka("4.1.x.kraft"), kafka("3.9.x.kraft"), true},
		{"a newer Kafka", "aws:msk/cluster:Cluster", kafka("3.9.x.kraft"), kafka("3.10.x.kraft"), false},
		{"secrets encrypted at last", "aws:eks/cluster:Cluster", none, secrets, false},
		{"secrets no longer encrypted", "aws:eks/cluster:Cluster", secrets, none, true},
		{"nodes of another role", "aws:eks/cluster:Cluster", nodeRole("a"), nodeRole("b"), true},
		{"nodes of a first role", "aws:eks/cluster:Cluster", none, nodeRole("a"), false},
		{"a larger claim", "kubernetes:core/v1:PersistentVolumeClaim", claim("1Gi", "gp3"), claim("2Gi", "gp3"), false},
		{"a claim of another class", "kubernetes:core/v1:PersistentVolumeClaim", claim("1Gi", "gp3"), claim("1Gi", "gp2"), true},
	})
}
