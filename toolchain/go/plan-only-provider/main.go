// A provider that plans and never creates: it checks what a program declares against the types of the installed
// npm package, echoes it, and adds the outputs that the real provider would compute. One binary stands in for
// several providers; the name it is started under says which.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/util/rpcutil"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

const namePrefix = "pulumi-resource-"

func main() {
	name := strings.TrimPrefix(filepath.Base(os.Args[0]), namePrefix)
	sdk, err := openSDK(name)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	handle, err := rpcutil.ServeWithOptions(rpcutil.ServeOptions{
		Init: func(server *grpc.Server) error {
			pulumirpc.RegisterResourceProviderServer(server, &provider{name: name, sdk: sdk, region: "eu-central-1", account: "123456789012"})
			return nil
		},
	})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if engine := os.Args[len(os.Args)-1]; len(os.Args) > 1 {
		// An engine that was killed cannot say good-bye: without this, its stand-ins would wait for ever.
		if err := rpcutil.Healthcheck(context.Background(), engine, 5*time.Second, func() { os.Exit(0) }); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	fmt.Printf("%d\n", handle.Port) // the engine reads the port from the first line
	if err := <-handle.Done; err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
