package main

import (
	"encoding/json"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// decodeConfig undoes the engine's habit of sending structured provider settings as JSON text.
func decodeConfig(args resource.PropertyMap) resource.PropertyMap {
	decoded := resource.PropertyMap{}
	for key, value := range args {
		value, known := plain(value)
		if !known {
			continue
		}
		if value.IsString() {
			var structured any
			text := value.StringValue()
			if len(text) > 0 && (text[0] == '{' || text[0] == '[') && json.Unmarshal([]byte(text), &structured) == nil {
				value = resource.NewPropertyValue(structured)
			}
		}
		decoded[key] = value
	}
	return decoded
}

// settingFaults compares the provider's settings with its published arguments. The engine sends all but texts as JSON.
func (p *provider) settingFaults(args resource.PropertyMap) []string {
	want, _, err := p.sdk.resource("pulumi:providers:" + p.name)
	if err != nil {
		return []string{err.Error()}
	}
	typed := resource.PropertyMap{}
	for key, value := range args {
		if key == "version" { // the engine's own: which plugin is asked
			continue
		}
		known, ok := want.properties[string(key)]
		if text, _ := plain(value); ok && text.IsString() && len(p.sdk.validateValue(text, known.kind, "")) > 0 {
			var decoded any
			if json.Unmarshal([]byte(text.StringValue()), &decoded) == nil {
				value = resource.NewPropertyValue(decoded)
			}
		}
		typed[key] = value
	}
	return p.sdk.validate(typed, want, "")
}

// configure takes over region, account and default tags, so that the plan shows what the real account would.
func (p *provider) configure(args resource.PropertyMap) {
	if region := args["region"]; region.IsString() {
		p.region = region.StringValue()
	}
	if accounts := args["allowedAccountIds"]; accounts.IsArray() && len(accounts.ArrayValue()) > 0 {
		if account, known := plain(accounts.ArrayValue()[0]); known && account.IsString() {
			p.account = account.StringValue()
		}
	}
	if defaults := args["defaultTags"]; defaults.IsObject() {
		if tags, known := plain(defaults.ObjectValue()["tags"]); known && tags.IsObject() {
			p.tags = tags.ObjectValue()
		}
	}
}
