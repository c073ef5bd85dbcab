package main

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// withDefaults is what the state records of inputs: those given, and the documented defaults of the others.
func withDefaults(kind kind, given resource.PropertyMap) resource.PropertyMap {
	state := resource.PropertyMap{}
	for key, value := range kind.defaults {
		state[key] = resource.NewPropertyValue(value)
	}
	for _, key := range kind.inputs {
		if value, ok := given[key]; ok && !value.IsNull() {
			state[key] = value
		}
	}
	// `number` is the old name of `numeric`; the official state has both, always equal.
	if _, ok := kind.defaults["numeric"]; ok {
		if number, ok := given["number"]; ok && !given.HasValue("numeric") {
			state["numeric"] = number
		}
		state["number"] = state["numeric"]
	}
	return state
}

// finish marks secrets and notes the version of the state format, which the official provider upgrades from.
func finish(kind kind, state resource.PropertyMap) resource.PropertyMap {
	for _, key := range kind.secrets {
		state[key] = resource.MakeSecret(state[key])
	}
	if kind.format > 0 {
		state["__meta"] = resource.NewProperty(fmt.Sprintf(`{"schema_version":"%d"}`, kind.format))
	}
	return state
}

// same compares values without their secrecy; what is not known yet is a change.
func same(before, after resource.PropertyValue) bool {
	before, after = plain(before), plain(after)
	if before.ContainsUnknowns() || after.ContainsUnknowns() {
		return false
	}
	return isNothing(before) && isNothing(after) || before.DeepEquals(after)
}

// isNothing is true of values the official provider takes as not given.
func isNothing(value resource.PropertyValue) bool {
	return value.IsNull() || value.IsObject() && len(value.ObjectValue()) == 0 || value.IsString() && value.StringValue() == ""
}

// plain takes the marks of secrets and outputs off a value, inside objects too.
func plain(value resource.PropertyValue) resource.PropertyValue {
	switch {
	case value.IsSecret():
		return plain(value.SecretValue().Element)
	case value.IsOutput():
		if !value.OutputValue().Known {
			return resource.MakeComputed(resource.NewProperty(""))
		}
		return plain(value.OutputValue().Element)
	case value.IsObject():
		object := resource.PropertyMap{}
		for key, element := range value.ObjectValue() {
			object[key] = plain(element)
		}
		return resource.NewProperty(object)
	}
	return value
}

func number(state resource.PropertyMap, key resource.PropertyKey) int {
	if value := plain(state[key]); value.IsNumber() {
		return int(value.NumberValue())
	}
	return 0
}

func text(state resource.PropertyMap, key resource.PropertyKey) string {
	if value := plain(state[key]); value.IsString() {
		return value.StringValue()
	}
	return ""
}

func flag(state resource.PropertyMap, key resource.PropertyKey) bool {
	value := plain(state[key])
	return value.IsBool() && value.BoolValue()
}

// unknown is true while an input waits for another resource, so that it cannot be checked yet.
func unknown(state resource.PropertyMap, keys ...resource.PropertyKey) bool {
	for _, key := range keys {
		if plain(state[key]).ContainsUnknowns() {
			return true
		}
	}
	return false
}
