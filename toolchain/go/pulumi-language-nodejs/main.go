// Language host for Node.js: what the engine starts to run programs, policy packs and plugins written in TypeScript.
// The official one is not a module that can be fetched; this serves the same protocol where only registries are reachable.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

// engineTimeout bounds how long a host may outlive an engine that does not answer.
const engineTimeout = 5 * time.Minute

func main() {
	if err := serve(engineAddress(os.Args[1:])); err != nil {
		fmt.Fprintln(os.Stderr, "pulumi-language-nodejs:", err)
		os.Exit(1)
	}
}

// engineAddress is the last argument that is no flag; the engine passes flags this host has no use for before it.
func engineAddress(args []string) string {
	address := ""
	for _, arg := range args {
		if !strings.HasPrefix(arg, "-") {
			address = arg
		}
	}
	return address
}

func serve(engine string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	cancel := make(chan bool)
	go func() { <-ctx.Done(); close(cancel) }()
	if engine != "" {
		if err := rpcutil.Healthcheck(ctx, engine, engineTimeout, stop); err != nil {
			return fmt.Errorf("the engine at %s does not answer: %w", engine, err)
		}
	}
	handle, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{
		Cancel: cancel,
		Init: func(server *grpc.Server) error {
			pulumirpc.RegisterLanguageRuntimeServer(server, newHost(engine))
			return nil
		},
	})
	if err != nil {
		return err
	}
	fmt.Println(handle.Port) // how the engine learns where to connect
	return <-handle.Done
}
