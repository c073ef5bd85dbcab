package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// contentDigest changes with what an object holds (data, not metadata); secrets count without being shown.
func contentDigest(urn resource.URN, object resource.PropertyMap) string {
	content := map[string]any{}
	for _, key := range []resource.PropertyKey{"data", "binaryData", "stringData"} {
		if value, known := plain(object[key]); known && value.IsObject() {
			content[string(key)] = bare(value)
		}
	}
	text, err := json.Marshal(content)
	if err != nil {
		text = nil
	}
	sum := sha256.Sum256(append([]byte(digest(urn)), text...))
	return hex.EncodeToString(sum[:])
}

func bare(value resource.PropertyValue) any {
	value, known := plain(value)
	switch {
	case !known:
		return nil
	case value.IsObject():
		fields := map[string]any{}
		for key, item := range value.ObjectValue() {
			fields[string(key)] = bare(item)
		}
		return fields
	case value.IsArray():
		var items []any
		for _, item := range value.ArrayValue() {
			items = append(items, bare(item))
		}
		return items
	}
	return value.V
}

// addRandom makes a placeholder of the asked length: a plan has no real passwords. Only a password has a hash, and is secret.
func (p *provider) addRandom(urn resource.URN, state resource.PropertyMap) {
	_, kept, err := p.sdk.resource(string(urn.Type()))
	if err != nil {
		return
	}
	length := 20
	if value, known := plain(state["length"]); known && value.IsNumber() {
		length = int(value.NumberValue())
	}
	result := resource.NewStringProperty(strings.Repeat(digest(urn), length/64+1)[:length])
	if _, ok := kept.properties["bcryptHash"]; ok {
		result = resource.MakeSecret(result)
		state["bcryptHash"] = resource.MakeSecret(resource.NewStringProperty("$2a$10$" + digest(urn)[:53]))
	}
	if _, ok := kept.properties["result"]; ok {
		state["result"] = result
	}
}

// addImage shows the digest under which an image would be deployed; it depends on what would be built, and for what.
func addImage(urn resource.URN, state resource.PropertyMap) {
	if !strings.HasSuffix(string(urn.Type()), ":Image") {
		return
	}
	tags := bare(state["tags"])
	digest := "sha256:" + contentHash(tags, bare(state["context"]), bare(state["dockerfile"]), bare(state["platforms"]))
	state["digest"] = resource.NewStringProperty(digest)
	state["contextHash"] = resource.NewStringProperty(contentHash(bare(state["context"]), bare(state["dockerfile"])))
	ref := ""
	if list, ok := tags.([]any); ok && len(list) > 0 {
		ref = fmt.Sprintf("%v@%s", list[0], digest)
	}
	state["ref"] = resource.NewStringProperty(ref)
}

func contentHash(parts ...any) string {
	text, err := json.Marshal(parts)
	if err != nil {
		text = nil
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
