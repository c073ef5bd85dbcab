package main

import (
	"fmt"
	"sort"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// validate compares values with a published interface: unknown names, missing required ones, wrong types. Every fault at once.
func (s *sdk) validate(values resource.PropertyMap, want *shape, path string) []string {
	var faults []string
	for key, value := range values {
		name := string(key)
		if strings.HasPrefix(name, "__") { // bookkeeping of the engine
			continue
		}
		known, ok := want.properties[name]
		if !ok {
			faults = append(faults, fmt.Sprintf("%s is not a published property%s", join(path, name), suggestion(name, want)))
			continue
		}
		faults = append(faults, s.validateValue(value, known.kind, join(path, name))...)
	}
	for name, known := range want.properties {
		if _, ok := values[resource.PropertyKey(name)]; !ok && known.required {
			faults = append(faults, fmt.Sprintf("%s is required and missing", join(path, name)))
		}
	}
	sort.Strings(faults)
	return faults
}

func (s *sdk) validateValue(value resource.PropertyValue, kind, path string) []string {
	value, known := plain(value)
	kind = unwrap(kind)
	if !known || value.IsNull() || value.IsResourceReference() {
		return nil
	}
	if alternatives := split(kind, '|'); len(alternatives) > 1 {
		return s.validateUnion(value, alternatives, path)
	}
	switch {
	case strings.HasSuffix(kind, "[]"):
		return s.validateArray(value, strings.TrimSuffix(kind, "[]"), path)
	case strings.HasPrefix(kind, "("):
		return s.validateValue(value, strings.TrimSuffix(strings.TrimPrefix(kind, "("), ")"), path)
	case strings.HasPrefix(kind, "{"):
		return s.validateMap(value, kind, path)
	case strings.HasPrefix(kind, "inputs."):
		return s.validateObject(value, strings.TrimPrefix(kind, "inputs."), path)
	case kind == "string" && !value.IsString(), kind == "number" && !value.IsNumber(), kind == "boolean" && !value.IsBool():
		return []string{fmt.Sprintf("%s is a %s, published as %s", path, value.TypeString(), kind)}
	case strings.HasPrefix(kind, `"`) && (!value.IsString() || value.StringValue() != strings.Trim(kind, `"`)):
		return []string{fmt.Sprintf("%s must be %s", path, kind)}
	}
	return nil // enums, assets, any and resources: their values are not for a type to judge
}

func (s *sdk) validateUnion(value resource.PropertyValue, alternatives []string, path string) []string {
	var best []string
	for _, alternative := range alternatives {
		if alternative == "undefined" {
			continue
		}
		faults := s.validateValue(value, alternative, path)
		if len(faults) == 0 {
			return nil
		}
		if best == nil || value.IsObject() && strings.HasPrefix(unwrap(alternative), "inputs.") {
			best = faults
		}
	}
	return best
}

func (s *sdk) validateArray(value resource.PropertyValue, element, path string) []string {
	if !value.IsArray() {
		return []string{fmt.Sprintf("%s is a %s, published as a list", path, value.TypeString())}
	}
	var faults []string
	for i, item := range value.ArrayValue() {
		faults = append(faults, s.validateValue(item, element, fmt.Sprintf("%s[%d]", path, i))...)
	}
	return faults
}

func (s *sdk) validateMap(value resource.PropertyValue, kind, path string) []string {
	if !value.IsObject() {
		return []string{fmt.Sprintf("%s is a %s, published as a map", path, value.TypeString())}
	}
	body := strings.TrimSuffix(strings.TrimPrefix(kind, "{"), "}")
	_, element, _ := strings.Cut(body, "]:")
	element = strings.TrimSuffix(strings.TrimSpace(element), ";")
	var faults []string
	for key, item := range value.ObjectValue() {
		faults = append(faults, s.validateValue(item, element, join(path, string(key)))...)
	}
	return faults
}

func (s *sdk) validateObject(value resource.PropertyValue, name, path string) []string {
	want := s.input(name)
	if want == nil || len(want.properties) == 0 {
		return nil // a free-form type such as JSONSchemaProps
	}
	if !value.IsObject() {
		return []string{fmt.Sprintf("%s is a %s, published as %s", path, value.TypeString(), name)}
	}
	return s.validate(value.ObjectValue(), want, path)
}

// plain takes secrets and outputs apart; false for what is not known yet.
func plain(value resource.PropertyValue) (resource.PropertyValue, bool) {
	for {
		switch {
		case value.IsSecret():
			value = value.SecretValue().Element
		case value.IsOutput():
			if !value.OutputValue().Known {
				return value, false
			}
			value = value.OutputValue().Element
		case value.IsComputed():
			return value, false
		default:
			return value, true
		}
	}
}

func unwrap(kind string) string {
	kind = strings.TrimSpace(kind)
	for topLevel(kind, '|') < 0 && strings.HasPrefix(kind, "pulumi.Input<") && strings.HasSuffix(kind, ">") {
		kind = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(kind, "pulumi.Input<"), ">"))
	}
	return kind
}

func split(text string, separator byte) []string {
	var parts []string
	for {
		at := topLevel(text, separator)
		if at < 0 {
			return append(parts, strings.TrimSpace(text))
		}
		parts = append(parts, strings.TrimSpace(text[:at]))
		text = text[at+1:]
	}
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// suggestion names the published property that differs only in letter case or by its beginning.
func suggestion(name string, want *shape) string {
	for known := range want.properties {
		if strings.EqualFold(known, name) || (len(name) > 4 && strings.HasPrefix(strings.ToLower(known), strings.ToLower(name[:len(name)-1]))) {
			return fmt.Sprintf(" (did you mean %q?)", known)
		}
	}
	return ""
}
