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
