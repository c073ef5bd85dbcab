package main

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
)

type keys = []resource.PropertyKey

// kind is one random type: plain data and two functions.
type kind struct {
	inputs   keys
	outputs  keys // known only after creation
	secrets  keys
	defaults map[resource.PropertyKey]any
	format   int // version of the official state format; 0 is not written
	check    func(inputs resource.PropertyMap) []plugin.CheckFailure
	create   func(state resource.PropertyMap) (id string, err error)
	// adopt makes the state of a value that exists, from the identifier given to `pulumi import`.
	adopt func(identifier string, state resource.PropertyMap) (id string, err error)
}

var kinds = map[tokens.Type]kind{
	"random:index/randomPassword:RandomPassword": {
		inputs: characterInputs, outputs: keys{"result", "bcryptHash"}, secrets: keys{"result", "bcryptHash"},
		defaults: characterDefaults, format: 3, check: checkCharacters, create: createPassword, adopt: adoptPassword,
	},
	"random:index/randomString:RandomString": {
		inputs: characterInputs, outputs: keys{"result"},
		defaults: characterDefaults, format: 2, check: checkCharacters, create: createString, adopt: adoptString,
	},
	"random:index/randomId:RandomId": {
		inputs: keys{"byteLength", "keepers", "prefix"}, outputs: keys{"b64Std", "b64Url", "dec", "hex"},
		check: atLeast("byteLength", 1), create: createId, adopt: adoptId,
	},
	"random:index/randomUuid:RandomUuid": {
		inputs: keys{"keepers"}, outputs: keys{"result"},
		check: anything, create: createUuid, adopt: adoptUuid,
	},
	"random:index/randomPet:RandomPet": {
		inputs: keys{"keepers", "length", "prefix", "separator"}, outputs: keys{},
		defaults: map[resource.PropertyKey]any{"length": 2, "separator": "-"}, check: atLeast("length", 1), create: createPet,
	},
	"random:index/randomInteger:RandomInteger": {
		inputs: keys{"keepers", "max", "min", "seed"}, outputs: keys{"result"},
		check: checkRange, create: createInteger, adopt: adoptInteger,
	},
	"random:index/randomBytes:RandomBytes": {
		inputs: keys{"keepers", "length"}, outputs: keys{"base64", "hex"}, secrets: keys{"base64", "hex"},
		check: atLeast("length", 1), create: createBytes, adopt: adoptBytes,
	},
}

// inputsOf picks the inputs out of a state.
func (k kind) inputsOf(state resource.PropertyMap) resource.PropertyMap {
	inputs := resource.PropertyMap{}
	for _, key := range k.inputs {
		if value, ok := state[key]; ok {
			inputs[key] = value
		}
	}
	return inputs
}

func anything(resource.PropertyMap) []plugin.CheckFailure { return nil }

func atLeast(key resource.PropertyKey, least int) func(resource.PropertyMap) []plugin.CheckFailure {
	return func(inputs resource.PropertyMap) []plugin.CheckFailure {
		if unknown(inputs, key) || number(inputs, key) >= least {
			return nil
		}
		return []plugin.CheckFailure{failure(key, "must be at least %d, found %d", least, number(inputs, key))}
	}
}

func checkRange(inputs resource.PropertyMap) []plugin.CheckFailure {
	if unknown(inputs, "min", "max") || number(inputs, "min") <= number(inputs, "max") {
		return nil
	}
	return []plugin.CheckFailure{failure("min", "must not exceed max (%d), found %d", number(inputs, "max"), number(inputs, "min"))}
}

func failure(key resource.PropertyKey, format string, values ...any) plugin.CheckFailure {
	return plugin.CheckFailure{Property: key, Reason: fmt.Sprintf("%s "+format, append([]any{key}, values...)...)}
}
