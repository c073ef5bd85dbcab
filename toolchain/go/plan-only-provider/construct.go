package main

import (
	"context"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

// component registers the children of a remote component with the engine, as the real component provider does.
type component struct {
	monitor   pulumirpc.ResourceMonitorClient
	urn       string
	providers map[string]string
	failure   error
}

func (p *provider) Construct(ctx context.Context, req *pulumirpc.ConstructRequest) (*pulumirpc.ConstructResponse, error) {
	if req.GetType() != "eks:index:Cluster" {
		return nil, fmt.Errorf("plan only: no stand-in for component %q; add one to toolchain/go/plan-only-provider", req.GetType())
	}
	inputs, err := read(req.GetInputs())
	if err != nil {
		return nil, err
	}
	if faults := p.faults(resource.NewURN("plan", "only", "", "eks:index:Cluster", req.GetName()), inputs); len(faults) > 0 {
		return nil, fmt.Errorf("plan only: eks:index:Cluster: %v", faults)
	}
	connection, err := grpc.NewClient(req.GetMonitorEndpoint(), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return nil, err
	}
	defer connection.Close()
	c := &component{monitor: pulumirpc.NewResourceMonitorClient(connection), providers: req.GetProviders()}
	registered, err := c.monitor.RegisterResource(ctx, &pulumirpc.RegisterResourceRequest{
		Type: req.GetType(), Name: req.GetName(), Parent: req.GetParent(), Aliases: req.GetAliases(), Protect: req.Protect, //nolint:staticcheck
		Providers: req.GetProviders(), Dependencies: req.GetDependencies(), AcceptSecrets: true, AcceptResources: true,
		Object: req.GetInputs(),
	})
	if err != nil {
		return nil, err
	}
	c.urn = registered.GetUrn()
	state, err := write(p.eksCluster(ctx, c, req.GetName(), inputs))
	if err == nil {
		err = c.failure
	}
	if err != nil {
		return nil, err
	}
	if _, err := c.monitor.RegisterResourceOutputs(ctx, &pulumirpc.RegisterResourceOutputsRequest{Urn: c.urn, Outputs: state}); err != nil {
		return nil, err
	}
	return &pulumirpc.ConstructResponse{Urn: c.urn, State: state}, nil
}

// child registers one resource and returns its outputs; after a failure it does nothing.
func (c *component) child(ctx context.Context, token, name string, inputs resource.PropertyMap, protect bool) (string, string, resource.PropertyMap) {
	if c.failure != nil {
		return "", "", resource.PropertyMap{}
	}
	object, err := write(inputs)
	if err != nil {
		c.failure = err
		return "", "", resource.PropertyMap{}
	}
	request := &pulumirpc.RegisterResourceRequest{Type: token, Name: name, Parent: c.urn, Custom: true, Object: object,
		Provider: c.providers["aws"], AcceptSecrets: true, AcceptResources: true, SupportsResultReporting: true}
	if protect {
		request.Protect = &protect
	}
	answer, err := c.monitor.RegisterResource(ctx, request)
	if err != nil {
		c.failure = fmt.Errorf("%s %q: %w", token, name, err)
		return "", "", resource.PropertyMap{}
	}
	outputs, err := read(answer.GetObject())
	if err != nil {
		c.failure = err
	}
	return answer.GetUrn(), answer.GetId(), outputs
}
