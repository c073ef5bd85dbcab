package main

import (
	"crypto/rand"
	"errors"
	"math/big"
	"unicode/utf8"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"golang.org/x/crypto/bcrypt"
)

// Inputs of passwords and strings, and the defaults the official provider documents.
var (
	characterInputs = keys{
		"keepers", "length", "lower", "minLower", "minNumeric", "minSpecial", "minUpper",
		"number", "numeric", "overrideSpecial", "special", "upper",
	}
	characterDefaults = map[resource.PropertyKey]any{
		"lower": true, "minLower": 0, "minNumeric": 0, "minSpecial": 0, "minUpper": 0,
		"numeric": true, "special": true, "upper": true,
	}
)

// set is a sort of characters, with the inputs that allow it and demand some of it.
type set struct {
	characters    string
	allow, demand resource.PropertyKey
}

// bcryptLimit is the number of bytes bcrypt looks at; the official provider hashes no more either.
const bcryptLimit = 72

func sets(state resource.PropertyMap) []set {
	special := "!@#$%&*()-_=+[]{}<>:?"
	if own := text(state, "overrideSpecial"); own != "" {
		special = own
	}
	return []set{
		{"abcdefghijklmnopqrstuvwxyz", "lower", "minLower"},
		{"ABCDEFGHIJKLMNOPQRSTUVWXYZ", "upper", "minUpper"},
		{"0123456789", "numeric", "minNumeric"},
		{special, "special", "minSpecial"},
	}
}

func checkCharacters(inputs resource.PropertyMap) []plugin.CheckFailure {
	if unknown(inputs, characterInputs...) {
		return nil
	}
	failures := atLeast("length", 1)(inputs)
	demanded, allowed := 0, false
	for _, set := range sets(inputs) {
		demanded += number(inputs, set.demand)
		allowed = allowed || flag(inputs, set.allow)
	}
	if length := number(inputs, "length"); demanded > length {
		failures = append(failures, failure("length", "must be at least the sum of the minimums (%d), found %d", demanded, length))
	}
	if !allowed {
		failures = append(failures, failure("lower", "cannot be false where upper, numeric and special are false too"))
	}
	return failures
}

// draw makes a string with what is demanded of each set, the rest from all that is allowed, in random order.
func draw(state resource.PropertyMap) (string, error) {
	var result []rune
	var all []rune
	for _, set := range sets(state) {
		characters := []rune(set.characters)
		if flag(state, set.allow) {
			all = append(all, characters...)
		}
		for range number(state, set.demand) {
			result = append(result, characters[below(len(characters))])
		}
	}
	if len(all) == 0 {
		return "", errors.New("no sort of characters is allowed")
	}
	for len(result) < number(state, "length") {
		result = append(result, all[below(len(all))])
	}
	for index := len(result) - 1; index > 0; index-- {
		other := below(index + 1)
		result[index], result[other] = result[other], result[index]
	}
	return string(result), nil
}

// below is a random number from 0 to limit - 1, from the system's cryptographic source, each equally likely.
func below(limit int) int {
	value, err := rand.Int(rand.Reader, big.NewInt(int64(limit)))
	if err != nil {
		panic(err) // the system has no source of randomness: nothing may go on
	}
	return int(value.Int64())
}

func createString(state resource.PropertyMap) (string, error) {
	result, err := draw(state)
	state["result"] = resource.NewProperty(result)
	return result, err
}

func createPassword(state resource.PropertyMap) (string, error) {
	result, err := draw(state)
	if err != nil {
		return "", err
	}
	return keepPassword(result, state)
}

func keepPassword(result string, state resource.PropertyMap) (string, error) {
	hash, err := bcrypt.GenerateFromPassword([]byte(result)[:min(len(result), bcryptLimit)], bcrypt.DefaultCost)
	state["result"], state["bcryptHash"] = resource.NewProperty(result), resource.NewProperty(string(hash))
	return "none", err // an identifier is shown, a password is not
}

func adoptString(identifier string, state resource.PropertyMap) (string, error) {
	state["length"] = resource.NewProperty(float64(utf8.RuneCountInString(identifier)))
	state["result"] = resource.NewProperty(identifier)
	return identifier, nil
}

func adoptPassword(identifier string, state resource.PropertyMap) (string, error) {
	state["length"] = resource.NewProperty(float64(utf8.RuneCountInString(identifier)))
	return keepPassword(identifier, state)
}
