package main

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc64"
	"math/big"
	mathrand "math/rand"
	"strconv"
	"strings"

	petname "github.com/dustinkirkland/golang-petname"
	"github.com/google/uuid"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

func randomBytes(length int) ([]byte, error) {
	bytes := make([]byte, length)
	_, err := rand.Read(bytes)
	return bytes, err
}

func createId(state resource.PropertyMap) (string, error) {
	bytes, err := randomBytes(number(state, "byteLength"))
	if err != nil {
		return "", err
	}
	return keepId(bytes, state), nil
}

func keepId(bytes []byte, state resource.PropertyMap) string {
	id, prefix := base64.RawURLEncoding.EncodeToString(bytes), text(state, "prefix")
	state["b64Std"] = resource.NewProperty(prefix + base64.StdEncoding.EncodeToString(bytes))
	state["b64Url"] = resource.NewProperty(prefix + id)
	state["hex"] = resource.NewProperty(prefix + hex.EncodeToString(bytes))
	state["dec"] = resource.NewProperty(prefix + new(big.Int).SetBytes(bytes).String())
	return id
}

// adoptId reads "<base64 url>" or "<prefix>,<base64 url>".
func adoptId(identifier string, state resource.PropertyMap) (string, error) {
	if prefix, rest, found := strings.Cut(identifier, ","); found {
		state["prefix"], identifier = resource.NewProperty(prefix), rest
	}
	bytes, err := base64.RawURLEncoding.DecodeString(identifier)
	if err != nil {
		return "", err
	}
	state["byteLength"] = resource.NewProperty(float64(len(bytes)))
	return keepId(bytes, state), nil
}

func createBytes(state resource.PropertyMap) (string, error) {
	bytes, err := randomBytes(number(state, "length"))
	return keepBytes(bytes, state), err
}

func keepBytes(bytes []byte, state resource.PropertyMap) string {
	state["base64"] = resource.NewProperty(base64.StdEncoding.EncodeToString(bytes))
	state["hex"] = resource.NewProperty(hex.EncodeToString(bytes))
	return "none"
}

func adoptBytes(identifier string, state resource.PropertyMap) (string, error) {
	bytes, err := base64.StdEncoding.DecodeString(identifier)
	state["length"] = resource.NewProperty(float64(len(bytes)))
	return keepBytes(bytes, state), err
}

func createUuid(state resource.PropertyMap) (string, error) {
	id, err := uuid.NewRandom()
	state["result"] = resource.NewProperty(id.String())
	return id.String(), err
}

func adoptUuid(identifier string, state resource.PropertyMap) (string, error) {
	id, err := uuid.Parse(identifier)
	state["result"] = resource.NewProperty(id.String())
	return id.String(), err
}

func createPet(state resource.PropertyMap) (string, error) {
	petname.NonDeterministicMode()
	separator := text(state, "separator")
	name := petname.Generate(number(state, "length"), separator)
	if prefix := text(state, "prefix"); prefix != "" {
		name = prefix + separator + name
	}
	return name, nil
}

// createInteger repeats itself for the same seed, as documented; without one it is unpredictable.
func createInteger(state resource.PropertyMap) (string, error) {
	least, span := number(state, "min"), number(state, "max")-number(state, "min")+1
	if span <= 0 {
		return "", errors.New("max is too far from min")
	}
	offset := 0
	if seed := text(state, "seed"); seed != "" {
		sum := crc64.Checksum([]byte(seed), crc64.MakeTable(crc64.ISO))
		offset = mathrand.New(mathrand.NewSource(int64(sum))).Intn(span)
	} else {
		offset = below(span)
	}
	state["result"] = resource.NewProperty(float64(least + offset))
	return strconv.Itoa(least + offset), nil
}

// adoptInteger reads "<result>,<min>,<max>" and a seed that may follow.
func adoptInteger(identifier string, state resource.PropertyMap) (string, error) {
	parts := strings.SplitN(identifier, ",", 4)
	if len(parts) < 3 {
		return "", fmt.Errorf("wanted result,min,max or result,min,max,seed, found %q", identifier)
	}
	for index, key := range (keys{"result", "min", "max"}) {
		value, err := strconv.Atoi(parts[index])
		if err != nil {
			return "", err
		}
		state[key] = resource.NewProperty(float64(value))
	}
	if len(parts) == 4 {
		state["seed"] = resource.NewProperty(parts[3])
	}
	return parts[0], nil
}
