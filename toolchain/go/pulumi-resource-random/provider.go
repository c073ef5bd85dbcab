package main

import (
	"context"
	"fmt"

	"github.com/blang/semver"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
)

// version is set by the linker to that of @pulumi/random.
var version = "0.0.0-dev"

type provider struct{ plugin.UnimplementedProvider }

func (p *provider) GetPluginInfo(context.Context) (plugin.PluginInfo, error) {
	parsed, err := semver.Parse(version)
	return plugin.PluginInfo{Version: &parsed}, err
}

func (p *provider) GetSchema(context.Context, plugin.GetSchemaRequest) (plugin.GetSchemaResponse, error) {
	return plugin.GetSchemaResponse{Schema: fmt.Appendf(nil, `{"name": "random", "version": %q}`, version)}, nil
}

func (p *provider) CheckConfig(
	_ context.Context, req plugin.CheckConfigRequest,
) (plugin.CheckConfigResponse, error) {
	return plugin.CheckConfigResponse{Properties: req.News}, nil
}

func (p *provider) DiffConfig(context.Context, plugin.DiffConfigRequest) (plugin.DiffConfigResponse, error) {
	return plugin.DiffResult{Changes: plugin.DiffNone}, nil
}

func (p *provider) Configure(context.Context, plugin.ConfigureRequest) (plugin.ConfigureResponse, error) {
	return plugin.ConfigureResponse{}, nil
}

func (p *provider) Check(_ context.Context, req plugin.CheckRequest) (plugin.CheckResponse, error) {
	kind, err := kindOf(req.Type)
	if err != nil {
		return plugin.CheckResponse{}, err
	}
	return plugin.CheckResponse{Properties: req.News, Failures: kind.check(withDefaults(kind, req.News))}, nil
}

// Diff asks for a new value whenever an input changes: a random value cannot be altered, only made again.
func (p *provider) Diff(_ context.Context, req plugin.DiffRequest) (plugin.DiffResult, error) {
	kind, err := kindOf(req.Type)
	if err != nil {
		return plugin.DiffResult{}, err
	}
	before, after := withDefaults(kind, kind.inputsOf(req.OldOutputs)), withDefaults(kind, req.NewInputs)
	result := plugin.DiffResult{Changes: plugin.DiffNone, DetailedDiff: map[string]plugin.PropertyDiff{}}
	for _, key := range kind.inputs {
		if same(before[key], after[key]) {
			continue
		}
		result.Changes = plugin.DiffSome
		result.ReplaceKeys = append(result.ReplaceKeys, key)
		result.ChangedKeys = append(result.ChangedKeys, key)
		result.DetailedDiff[string(key)] = plugin.PropertyDiff{Kind: plugin.DiffUpdateReplace, InputDiff: true}
	}
	return result, nil
}

func (p *provider) Create(_ context.Context, req plugin.CreateRequest) (plugin.CreateResponse, error) {
	kind, err := kindOf(req.Type)
	if err != nil {
		return plugin.CreateResponse{}, err
	}
	state := withDefaults(kind, req.Properties)
	if req.Preview {
		for _, key := range kind.outputs {
			state[key] = resource.MakeComputed(resource.NewProperty(""))
		}
		return plugin.CreateResponse{Properties: finish(kind, state)}, nil
	}
	id, err := kind.create(state)
	if err != nil {
		return plugin.CreateResponse{}, err
	}
	state["id"] = resource.NewProperty(id)
	return plugin.CreateResponse{ID: resource.ID(id), Properties: finish(kind, state)}, nil
}

// Read keeps what the state has, and makes a state from an identifier for `pulumi import`.
func (p *provider) Read(_ context.Context, req plugin.ReadRequest) (plugin.ReadResponse, error) {
	kind, err := kindOf(req.Type)
	if err != nil {
		return plugin.ReadResponse{}, err
	}
	if len(req.State) > 0 {
		return plugin.ReadResponse{ReadResult: plugin.ReadResult{ID: req.ID, Inputs: req.Inputs, Outputs: req.State}}, nil
	}
	if kind.adopt == nil {
		return plugin.ReadResponse{}, fmt.Errorf("%s cannot be imported; create a new one", req.Type)
	}
	state := withDefaults(kind, nil)
	id, err := kind.adopt(string(req.ID), state)
	if err != nil {
		return plugin.ReadResponse{}, fmt.Errorf("%s cannot be imported: %w", req.Type, err)
	}
	state["id"] = resource.NewProperty(id)
	result := plugin.ReadResult{ID: resource.ID(id), Inputs: kind.inputsOf(state), Outputs: finish(kind, state)}
	return plugin.ReadResponse{ReadResult: result}, nil
}

func (p *provider) Delete(context.Context, plugin.DeleteRequest) (plugin.DeleteResponse, error) {
	return plugin.DeleteResponse{}, nil // nothing but the state holds the value
}

func (p *provider) SignalCancellation(context.Context) error { return nil }

func (p *provider) Close() error { return nil }

func kindOf(token tokens.Type) (kind, error) {
	if found, ok := kinds[token]; ok {
		return found, nil
	}
	return kind{}, fmt.Errorf("%s is not one of the random types this provider makes; "+
		"run where the official provider can be downloaded, or use RandomPassword, RandomString, RandomId, RandomUuid, "+
		"RandomPet, RandomInteger or RandomBytes", token)
}
