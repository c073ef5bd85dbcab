package main

import (
	"errors"
	"os/exec"
	"sync"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// RunPlugin runs a policy pack (kind "analyzer") or a provider that is a Node.js program.
func (h *host) RunPlugin(req *pulumirpc.RunPluginRequest, stream pulumirpc.LanguageRuntime_RunPluginServer) error {
	directory := req.GetInfo().GetProgramDirectory()
	name, workingDirectory := "run-plugin", req.Pwd
	args := append([]string{directory}, req.Args...)
	if req.Kind == "analyzer" {
		name, workingDirectory = "run-policy-pack", directory // a pack finds its modules from its own folder
		args = append(append([]string{}, req.Args...), directory)
	}
	script, err := sdkScript(directory, name)
	if err != nil {
		return err
	}
	ctx, end := h.bound(stream.Context())
	defer end()
	cmd := node(ctx, req.GetInfo(), req.Env, append([]string{script}, args...))
	cmd.Dir = workingDirectory
	var turn sync.Mutex // a stream takes one message at a time
	send := func(message *pulumirpc.RunPluginResponse) error {
		turn.Lock()
		defer turn.Unlock()
		return stream.Send(message)
	}
	cmd.Stdout = writer(func(text []byte) error {
		return send(&pulumirpc.RunPluginResponse{Output: &pulumirpc.RunPluginResponse_Stdout{Stdout: text}})
	})
	cmd.Stderr = writer(func(text []byte) error {
		return send(&pulumirpc.RunPluginResponse{Output: &pulumirpc.RunPluginResponse_Stderr{Stderr: text}})
	})
	code, err := exitCode(cmd.Run())
	if err != nil {
		return err
	}
	return send(&pulumirpc.RunPluginResponse{Output: &pulumirpc.RunPluginResponse_Exitcode{Exitcode: code}})
}

// InstallDependencies is what `pulumi install` runs.
func (h *host) InstallDependencies(
	req *pulumirpc.InstallDependenciesRequest, stream pulumirpc.LanguageRuntime_InstallDependenciesServer,
) error {
	ctx, end := h.bound(stream.Context())
	defer end()
	cmd := exec.CommandContext(ctx, "npm", "install", "--no-audit", "--no-fund")
	cmd.Dir = req.GetInfo().GetProgramDirectory()
	output := writer(func(text []byte) error {
		return stream.Send(&pulumirpc.InstallDependenciesResponse{Stdout: text})
	})
	cmd.Stdout, cmd.Stderr = &output, &output // the same writer, so that exec never calls it twice at once
	return cmd.Run()
}

type writer func([]byte) error

func (w writer) Write(text []byte) (int, error) { return len(text), w(text) }

func exitCode(err error) (int32, error) {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return int32(exit.ExitCode()), nil
	}
	return 0, err
}
