package main

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// computed says what the real provider would add to a resource. Texts are templates: {region}, {account}, {name},
// {id}, {hash} (17 hex digits that depend on the resource's place in the program only), {<input>}.
type computed struct {
	id    string
	named string // the input that is the physical name, when it is not called "name"
	adds  map[string]any
}

// outputs echoes the inputs and adds what would be computed. The same program always yields the same plan.
func (p *provider) outputs(urn resource.URN, inputs resource.PropertyMap) (string, resource.PropertyMap) {
	state := inputs.Copy()
	rule := rules[string(urn.Type())]
	words := p.words(urn, rule, inputs)
	id := words["name"]
	if rule.id != "" {
		id = fill(rule.id, words)
	}
	words["id"] = id
	for key, value := range rule.adds {
		state[resource.PropertyKey(key)] = merged(inputs[resource.PropertyKey(key)], resource.NewPropertyValue(fillAll(value, words)))
	}
	switch p.name {
	case "aws":
		p.addTags(urn, state)
	case "kubernetes":
		return kubernetesID(inputs), state
	case "random":
		p.addRandom(urn, state)
	case "docker-build":
		addImage(urn, state)
	}
	return id, state
}

// merged keeps what was given and adds what is computed beside it.
func merged(given, computed resource.PropertyValue) resource.PropertyValue {
	if value, known := plain(given); known && value.IsObject() && computed.IsObject() {
		fields := value.ObjectValue().Copy()
		for key, value := range computed.ObjectValue() {
			if !fields.HasValue(key) {
				fields[key] = value
			}
		}
		return resource.NewObjectProperty(fields)
	}
	if given.IsNull() {
		return computed
	}
	return given
}

// applyDefaultTags puts the provider's default tags among a resource's own, where the real provider puts them: before
// policies see the inputs. The resource's own tags win.
func (p *provider) applyDefaultTags(urn resource.URN, news resource.PropertyMap) {
	if len(p.tags) == 0 || p.name != "aws" {
		return
	}
	args, kept, err := p.sdk.resource(string(urn.Type()))
	if err != nil || kept == nil {
		return
	}
	_, taken := args.properties["tags"]
	if _, ok := kept.properties["tagsAll"]; ok && taken {
		news["tags"] = merged(news["tags"], resource.NewObjectProperty(p.tags))
	}
}

// addTags shows all tags where the type keeps them, as the real provider does.
func (p *provider) addTags(urn resource.URN, state resource.PropertyMap) {
	_, kept, err := p.sdk.resource(string(urn.Type()))
	if err != nil || kept == nil {
		return
	}
	if _, ok := kept.properties["tagsAll"]; !ok {
		return
	}
	all := p.tags.Copy()
	if own, known := plain(state["tags"]); known && own.IsObject() {
		for key, value := range own.ObjectValue() {
			all[key] = value
		}
	}
	state["tagsAll"] = resource.NewObjectProperty(all)
	if _, ok := kept.properties["region"]; ok && !state.HasValue("region") {
		state["region"] = resource.NewStringProperty(p.region)
	}
}

// words are what a template may use: every plain text among the inputs, and the place of the resource.
func (p *provider) words(urn resource.URN, rule computed, inputs resource.PropertyMap) map[string]string {
	words := map[string]string{}
	for key, value := range inputs {
		if value, known := plain(value); known && value.IsString() {
			words[string(key)] = value.StringValue()
		}
	}
	named := rule.named
	if named == "" {
		named = "name"
	}
	if words[named] == "" {
		words[named] = urn.Name()
	}
	words["name"] = words[named]
	words["region"], words["account"], words["hash"] = p.region, p.account, digest(urn)[:17]
	return words
}

func fill(template string, words map[string]string) string {
	var text strings.Builder
	for {
		open := strings.IndexByte(template, '{')
		if open < 0 {
			break
		}
		end := strings.IndexByte(template[open:], '}')
		if end < 0 {
			break
		}
		text.WriteString(template[:open])
		text.WriteString(words[template[open+1:open+end]])
		template = template[open+end+1:]
	}
	text.WriteString(template)
	return text.String()
}

func fillAll(value any, words map[string]string) any {
	switch value := value.(type) {
	case string:
		return fill(value, words)
	case []any:
		filled := make([]any, len(value))
		for i, item := range value {
			filled[i] = fillAll(item, words)
		}
		return filled
	case map[string]any:
		filled := map[string]any{}
		for key, item := range value {
			filled[key] = fillAll(item, words)
		}
		return filled
	}
	return value
}

// digest is stable from run to run, so that plans can be recorded and compared.
func digest(urn resource.URN) string {
	sum := sha256.Sum256([]byte(string(urn.Project()) + "/" + string(urn.Type()) + "/" + urn.Name()))
	return hex.EncodeToString(sum[:])
}

// autoname gives what has no physical name one, as the real providers do: the logical name and a few hex digits.
func (p *provider) autoname(urn resource.URN, olds, news resource.PropertyMap) {
	if p.name == "kubernetes" {
		autonameObject(urn, olds, news)
		return
	}
	if p.name != "aws" {
		return
	}
	named := rules[string(urn.Type())].named
	if named == "" {
		named = "name"
	}
	args, _, err := p.sdk.resource(string(urn.Type()))
	key := resource.PropertyKey(named)
	if err != nil || news.HasValue(key) || news.HasValue(key+"Prefix") {
		return
	}
	if published, ok := args.properties[named]; ok && !published.required {
		if old, ok := olds[key]; ok && old.IsString() {
			news[key] = old
			return
		}
		news[key] = resource.NewStringProperty(urn.Name() + "-" + digest(urn)[:7])
	}
}
