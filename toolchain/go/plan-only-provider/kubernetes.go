package main

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

var withoutNamespace = " Namespace StorageClass PersistentVolume ClusterRole ClusterRoleBinding PriorityClass " +
	"CustomResourceDefinition GatewayClass IngressClass NodePool NodeClass APIService ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding "

func metadata(object resource.PropertyMap) resource.PropertyMap {
	value, known := plain(object["metadata"])
	if !known || !value.IsObject() {
		return resource.PropertyMap{}
	}
	return value.ObjectValue()
}

func textOf(values resource.PropertyMap, key string) string {
	value, known := plain(values[resource.PropertyKey(key)])
	if !known || !value.IsString() {
		return ""
	}
	return value.StringValue()
}

func nameOf(object resource.PropertyMap) string      { return textOf(metadata(object), "name") }
func namespaceOf(object resource.PropertyMap) string { return textOf(metadata(object), "namespace") }

func kubernetesID(object resource.PropertyMap) string {
	if namespace := namespaceOf(object); namespace != "" {
		return namespace + "/" + nameOf(object)
	}
	return nameOf(object)
}

// autonameObject names an object without metadata.name. The real provider draws a new suffix for every replacement;
// here it follows from the content, so that a changed setting rolls the pods in the plan too.
func autonameObject(urn resource.URN, olds, news resource.PropertyMap) {
	value, known := plain(news["metadata"])
	if !known {
		return
	}
	fields := resource.PropertyMap{}
	if value.IsObject() {
		fields = value.ObjectValue().Copy()
	}
	if !fields.HasValue("name") && !fields.HasValue("generateName") {
		if old := nameOf(olds); old != "" && unchanged(olds, news) {
			fields["name"] = resource.NewStringProperty(old)
		} else {
			fields["name"] = resource.NewStringProperty(urn.Name() + "-" + contentDigest(urn, news)[:8])
		}
	}
	kind := urn.Type().Name().String()
	if !fields.HasValue("namespace") && !strings.Contains(withoutNamespace, " "+kind+" ") {
		fields["namespace"] = resource.NewStringProperty("default")
	}
	news["metadata"] = resource.NewObjectProperty(fields)
}

func unchanged(olds, news resource.PropertyMap) bool {
	for _, key := range union(olds, news) {
		if key != "metadata" && !same(olds[resource.PropertyKey(key)], news[resource.PropertyKey(key)]) {
			return false
		}
	}
	return true
}
