package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/emptypb"
)

// version is set by the linker to the engine's version.
var version = "0.0.0-dev"

type host struct {
	pulumirpc.UnimplementedLanguageRuntimeServer
	engine   string
	children context.Context // ends when the user cancels the operation
	cancel   context.CancelFunc
}

func newHost(engine string) *host {
	children, cancel := context.WithCancel(context.Background())
	return &host{engine: engine, children: children, cancel: cancel}
}

// bound gives a child process a context that ends with its request and with the whole operation.
func (h *host) bound(request context.Context) (context.Context, func()) {
	ctx, end := context.WithCancel(request)
	release := context.AfterFunc(h.children, end)
	return ctx, func() { release(); end() }
}

func (h *host) Handshake(
	_ context.Context, req *pulumirpc.LanguageHandshakeRequest,
) (*pulumirpc.LanguageHandshakeResponse, error) {
	h.engine = req.EngineAddress
	return &pulumirpc.LanguageHandshakeResponse{}, nil
}

func (h *host) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: version}, nil
}

// Cancel ends the programs and plugins that run now.
func (h *host) Cancel(context.Context, *emptypb.Empty) (*emptypb.Empty, error) {
	h.cancel()
	return &emptypb.Empty{}, nil
}

func (h *host) About(_ context.Context, req *pulumirpc.AboutRequest) (*pulumirpc.AboutResponse, error) {
	node := nodeBinary(req.GetInfo().GetProgramDirectory())
	found, err := exec.Command(node, "--version").Output()
	if err != nil {
		return nil, err
	}
	return &pulumirpc.AboutResponse{Executable: node, Version: strings.TrimSpace(string(found))}, nil
}

// nodeBinary prefers the Node.js that npm installed beside the program, so that programs do not depend on the machine's.
func nodeBinary(directory string) string {
	for _, modules := range nodeModules(directory) {
		found, _ := filepath.Glob(filepath.Join(modules, "node-linux-*", "bin", "node"))
		for _, path := range found {
			if info, err := os.Stat(path); err == nil && info.Mode()&0o111 != 0 {
				return path
			}
		}
	}
	return "node"
}

// nodeModules lists the folders Node.js would search for a package required in the directory, nearest first.
func nodeModules(directory string) []string {
	var found []string
	for directory != "" {
		candidate := filepath.Join(directory, "node_modules")
		if info, err := os.Stat(candidate); err == nil && info.IsDir() {
			found = append(found, candidate)
		}
		parent := filepath.Dir(directory)
		if parent == directory {
			break
		}
		directory = parent
	}
	return found
}
