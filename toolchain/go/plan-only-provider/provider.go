package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/urn"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"
)

type provider struct {
	pulumirpc.UnimplementedResourceProviderServer
	name    string
	sdk     *sdk
	region  string
	account string
	tags    resource.PropertyMap // default tags of the provider
}

const refusal = "plan only: this stand-in for provider %q validates and previews, it never creates, changes or deletes anything. " +
	"To deploy, install the real plugin (`pulumi plugin install resource %s %s`), log in to the account, and run `pulumi up` without the stand-ins on PATH"

func (p *provider) refuse() error { return fmt.Errorf(refusal, p.name, p.name, p.sdk.version) }

func (p *provider) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: p.sdk.version}, nil
}

func (p *provider) Attach(context.Context, *pulumirpc.PluginAttach) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil
}

func (p *provider) Cancel(context.Context, *emptypb.Empty) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil
}

func (p *provider) GetSchema(context.Context, *pulumirpc.GetSchemaRequest) (*pulumirpc.GetSchemaResponse, error) {
	return &pulumirpc.GetSchemaResponse{Schema: fmt.Sprintf(`{"name":%q,"version":%q}`, p.name, p.sdk.version)}, nil
}

func (p *provider) CheckConfig(_ context.Context, req *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	news, err := read(req.GetNews())
	if err != nil {
		return nil, err
	}
	var failures []*pulumirpc.CheckFailure
	for _, fault := range p.settingFaults(news) {
		failures = append(failures, &pulumirpc.CheckFailure{Reason: fmt.Sprintf("plan only: settings of provider %s: %s", p.name, fault)})
	}
	return &pulumirpc.CheckResponse{Inputs: req.GetNews(), Failures: failures}, nil
}

// DiffConfig knows what moves everything: another region or another cluster is another set of resources.
func (p *provider) DiffConfig(_ context.Context, req *pulumirpc.DiffRequest) (*pulumirpc.DiffResponse, error) {
	olds, err := read(req.GetOldInputs())
	if err != nil {
		return nil, err
	}
	news, err := read(req.GetNews())
	if err != nil {
		return nil, err
	}
	if same(resource.NewObjectProperty(olds), resource.NewObjectProperty(news)) {
		return &pulumirpc.DiffResponse{Changes: pulumirpc.DiffResponse_DIFF_NONE}, nil
	}
	answer := &pulumirpc.DiffResponse{Changes: pulumirpc.DiffResponse_DIFF_SOME}
	for _, place := range []resource.PropertyKey{"region", "clusterIdentifier"} {
		if !same(olds[place], news[place]) {
			answer.Replaces = append(answer.Replaces, string(place))
		}
	}
	return answer, nil
}

func (p *provider) Configure(_ context.Context, req *pulumirpc.ConfigureRequest) (*pulumirpc.ConfigureResponse, error) {
	args, err := read(req.GetArgs())
	if err != nil {
		return nil, err
	}
	p.configure(decodeConfig(args))
	return &pulumirpc.ConfigureResponse{AcceptSecrets: true, SupportsPreview: true, AcceptResources: true, AcceptOutputs: false}, nil
}

func (p *provider) Check(_ context.Context, req *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	news, err := read(req.GetNews())
	if err != nil {
		return nil, err
	}
	urn := resource.URN(req.GetUrn())
	var failures []*pulumirpc.CheckFailure
	for _, fault := range p.faults(urn, news) {
		failures = append(failures, &pulumirpc.CheckFailure{Reason: fmt.Sprintf("plan only: %s: %s", urn.Type(), fault)})
	}
	if len(failures) == 0 {
		olds, err := read(req.GetOlds())
		if err != nil {
			return nil, err
		}
		p.autoname(urn, olds, news)
		p.applyDefaultTags(urn, news)
	}
	inputs, err := write(news)
	return &pulumirpc.CheckResponse{Inputs: inputs, Failures: failures}, err
}

func (p *provider) faults(urn urn.URN, inputs resource.PropertyMap) []string {
	args, _, err := p.sdk.resource(string(urn.Type()))
	if err != nil {
		if p.name == "kubernetes" && customKind(string(urn.Type())) {
			return nil // a kind that a CustomResourceDefinition brings
		}
		return []string{err.Error()}
	}
	return p.sdk.validate(inputs, args, "")
}

func (p *provider) Diff(_ context.Context, req *pulumirpc.DiffRequest) (*pulumirpc.DiffResponse, error) {
	olds, err := read(req.GetOldInputs())
	if err != nil {
		return nil, err
	}
	news, err := read(req.GetNews())
	if err != nil {
		return nil, err
	}
	return p.diff(resource.URN(req.GetUrn()), olds, news), nil
}

func (p *provider) Create(_ context.Context, req *pulumirpc.CreateRequest) (*pulumirpc.CreateResponse, error) {
	if !req.GetPreview() {
		return nil, p.refuse()
	}
	inputs, err := read(req.GetProperties())
	if err != nil {
		return nil, err
	}
	id, state := p.outputs(resource.URN(req.GetUrn()), inputs)
	properties, err := write(state)
	return &pulumirpc.CreateResponse{Id: id, Properties: properties}, err
}

func (p *provider) Update(_ context.Context, req *pulumirpc.UpdateRequest) (*pulumirpc.UpdateResponse, error) {
	if !req.GetPreview() {
		return nil, p.refuse()
	}
	news, err := read(req.GetNews())
	if err != nil {
		return nil, err
	}
	_, state := p.outputs(resource.URN(req.GetUrn()), news)
	properties, err := write(state)
	return &pulumirpc.UpdateResponse{Properties: properties}, err
}

func (p *provider) Delete(context.Context, *pulumirpc.DeleteRequest) (*emptypb.Empty, error) {
	return nil, p.refuse()
}

// Read answers a refresh with what is recorded, and a look-up by id with made-up outputs.
func (p *provider) Read(_ context.Context, req *pulumirpc.ReadRequest) (*pulumirpc.ReadResponse, error) {
	if len(req.GetProperties().GetFields()) > 0 {
		return &pulumirpc.ReadResponse{Id: req.GetId(), Properties: req.GetProperties(), Inputs: req.GetInputs()}, nil
	}
	_, state := p.outputs(resource.URN(req.GetUrn()), resource.PropertyMap{})
	properties, err := write(state)
	return &pulumirpc.ReadResponse{Id: req.GetId(), Properties: properties, Inputs: req.GetInputs()}, err
}

func (p *provider) Invoke(_ context.Context, req *pulumirpc.InvokeRequest) (*pulumirpc.InvokeResponse, error) {
	args, err := read(req.GetArgs())
	if err != nil {
		return nil, err
	}
	want, err := p.sdk.function(req.GetTok())
	if err != nil {
		return nil, fmt.Errorf("plan only: %w", err)
	}
	if faults := p.sdk.validate(args, want, ""); len(faults) > 0 {
		return nil, fmt.Errorf("plan only: %s: %s", req.GetTok(), strings.Join(faults, "; "))
	}
	answer, err := p.answer(req.GetTok(), args)
	if err != nil {
		return nil, err
	}
	result, err := write(answer)
	return &pulumirpc.InvokeResponse{Return: result}, err
}

var marshalling = plugin.MarshalOptions{KeepUnknowns: true, KeepSecrets: true, KeepResources: true, SkipNulls: true}

func read(values *structpb.Struct) (resource.PropertyMap, error) {
	if values == nil {
		return resource.PropertyMap{}, nil
	}
	return plugin.UnmarshalProperties(values, marshalling)
}

func write(values resource.PropertyMap) (*structpb.Struct, error) {
	return plugin.MarshalProperties(values, marshalling)
}

// customKind is true for groups that Kubernetes itself does not have: those with a domain other than k8s.io, and sigs of it.
func customKind(token string) bool {
	parts := strings.Split(token, ":")
	if len(parts) != 3 {
		return false
	}
	group, _, _ := strings.Cut(parts[1], "/")
	return strings.Contains(group, ".") && (!strings.HasSuffix(group, ".k8s.io") || strings.Count(group, ".") > 2)
}
