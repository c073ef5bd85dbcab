// The Kubernetes provider's own module has every part but a main that builds outside its repository: this is that main.
package main

import (
	"bytes"
	_ "embed"
	"fmt"

	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version"
)

// Both files belong to the provider's module; the build puts them here, so that they are never copied into this repository.

//go:embed schema.json
var schema []byte

//go:embed terraform-mapping.json
var terraformMapping []byte

func main() {
	// The module's schema has no version, and the engine asks for the one of the npm package.
	stamped := bytes.Replace(schema, []byte("{"), fmt.Appendf(nil, "{\n\"version\": %q,", version.Version), 1)
	provider.Serve("kubernetes", version.Version, stamped, terraformMapping)
}
