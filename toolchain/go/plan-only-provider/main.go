// A provider that plans and never creates: it checks what a program declares against the types of the installed
// npm package, echoes it, and adds the outputs that the real provider would compute. One binary stands in for
// several providers; the name it is started under says which.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

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
	fmt.Printf("%d\n", handle.Port) // the engine reads the port from the first line
	if err := <-handle.Done; err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
