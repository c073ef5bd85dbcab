package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/config"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// exitToldUser is the exit code of a program that has already printed an error its user can act on.
const exitToldUser = 32

// grace is what a program gets to end after SIGTERM before it is killed.
const grace = 5 * time.Second

func (h *host) Run(ctx context.Context, req *pulumirpc.RunRequest) (*pulumirpc.RunResponse, error) {
	script, err := sdkScript(req.GetInfo().GetProgramDirectory(), "run")
	if err != nil {
		return &pulumirpc.RunResponse{Error: err.Error()}, nil
	}
	settings, err := programConfig(req)
	if err != nil {
		return nil, err
	}
	ctx, end := h.bound(ctx)
	defer end()
	cmd := node(ctx, req.GetInfo(), append(os.Environ(), settings...), append([]string{script}, h.runArguments(req)...))
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return outcome(cmd.Run()), nil
}

func outcome(err error) *pulumirpc.RunResponse {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return &pulumirpc.RunResponse{}
	case errors.As(err, &exit) && exit.ExitCode() == exitToldUser:
		return &pulumirpc.RunResponse{Bail: true}
	case errors.As(err, &exit):
		return &pulumirpc.RunResponse{Error: fmt.Sprintf("program ended with exit code %d", exit.ExitCode())}
	default:
		return &pulumirpc.RunResponse{Error: fmt.Sprintf("could not start Node.js: %v", err)}
	}
}

func (h *host) runArguments(req *pulumirpc.RunRequest) []string {
	var args []string
	add := func(flag, value string) {
		if value != "" {
			args = append(args, "--"+flag, value)
		}
	}
	add("monitor", req.MonitorAddress)
	add("engine", h.engine)
	add("organization", req.Organization)
	add("project", req.Project)
	add("stack", req.Stack)
	add("root-directory", req.GetInfo().GetRootDirectory())
	add("pwd", req.Pwd)
	add("parallel", strconv.Itoa(int(req.Parallel)))
	if req.DryRun {
		args = append(args, "--dry-run")
	}
	entry := req.GetInfo().GetEntryPoint()
	if entry == "" {
		entry = "."
	}
	return append(append(args, entry), req.Args...)
}

// programConfig passes settings the way the SDK reads them, keys as "namespace:config:name".
func programConfig(req *pulumirpc.RunRequest) ([]string, error) {
	settings := map[string]string{}
	for name, value := range req.Config {
		key, err := config.ParseKey(name)
		if err != nil {
			return nil, err
		}
		settings[key.Namespace()+":config:"+key.Name()] = value
	}
	secrets := req.ConfigSecretKeys
	if secrets == nil {
		secrets = []string{}
	}
	values, err := json.Marshal(settings)
	if err != nil {
		return nil, err
	}
	keys, err := json.Marshal(secrets)
	return []string{"PULUMI_CONFIG=" + string(values), "PULUMI_CONFIG_SECRET_KEYS=" + string(keys)}, err
}

// node prepares a Node.js process for a program, with the options of its Pulumi.yaml.
func node(ctx context.Context, info *pulumirpc.ProgramInfo, env, args []string) *exec.Cmd {
	options := info.GetOptions().AsMap()
	if extra, ok := options["nodeargs"].(string); ok {
		args = append(strings.Fields(extra), args...)
	}
	cmd := exec.CommandContext(ctx, nodeBinary(info.GetProgramDirectory()), args...)
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = grace
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM} // a killed host must leave no program behind
	cmd.Env = env
	if len(env) == 0 {
		cmd.Env = os.Environ()
	}
	// A program's own "typescript: true" wants ts-node; without it Node.js strips the types itself.
	if typescript, ok := options["typescript"].(bool); ok {
		cmd.Env = append(cmd.Env, fmt.Sprintf("PULUMI_NODEJS_TYPESCRIPT=%t", typescript))
	}
	if tsconfig, ok := options["tsconfig"].(string); ok {
		cmd.Env = append(cmd.Env, "PULUMI_NODEJS_TSCONFIG_PATH="+tsconfig)
	}
	return cmd
}

// sdkScript finds an entry script of @pulumi/pulumi the way Node.js would resolve it from the directory.
func sdkScript(directory, name string) (string, error) {
	for _, modules := range nodeModules(directory) {
		script := filepath.Join(modules, "@pulumi", "pulumi", "cmd", name)
		if _, err := os.Stat(script); err == nil {
			return script, nil
		}
	}
	return "", fmt.Errorf("%s: no node_modules here or above has @pulumi/pulumi; run npm ci", directory)
}
