package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// manifest is the part of a package.json this host reads.
type manifest struct {
	Name            string            `json:"name"`
	Version         string            `json:"version"`
	Dependencies    map[string]string `json:"dependencies"`
	DevDependencies map[string]string `json:"devDependencies"`
	Pulumi          json.RawMessage   `json:"pulumi"`
}

// pluginInfo says which provider a package is the SDK of.
type pluginInfo struct {
	Resource         bool   `json:"resource"`
	Name             string `json:"name"`
	Version          string `json:"version"`
	Server           string `json:"server"`
	Parameterization *struct {
		Name    string `json:"name"`
		Version string `json:"version"`
		Value   []byte `json:"value"`
	} `json:"parameterization"`
}

func readManifest(folder string) (manifest, bool) {
	var found manifest
	text, err := os.ReadFile(filepath.Join(folder, "package.json"))
	if err != nil || json.Unmarshal(text, &found) != nil {
		return found, false
	}
	return found, true
}

// installed walks a node_modules folder: packages, scoped packages, and what packages keep to themselves.
func installed(modules string, visit func(manifest)) {
	entries, _ := os.ReadDir(modules)
	for _, entry := range entries {
		path := filepath.Join(modules, entry.Name())
		switch {
		case strings.HasPrefix(entry.Name(), "."):
		case strings.HasPrefix(entry.Name(), "@"):
			installed(path, visit)
		default:
			if found, ok := readManifest(path); ok {
				visit(found)
				installed(filepath.Join(path, "node_modules"), visit)
			}
		}
	}
}

func (h *host) GetRequiredPackages(
	_ context.Context, req *pulumirpc.GetRequiredPackagesRequest,
) (*pulumirpc.GetRequiredPackagesResponse, error) {
	var packages []*pulumirpc.PackageDependency
	seen := map[string]bool{}
	for _, modules := range nodeModules(req.GetInfo().GetProgramDirectory()) {
		installed(modules, func(found manifest) {
			dependency := requiredPackage(found)
			if dependency != nil && !seen[dependency.Name+dependency.Version] {
				seen[dependency.Name+dependency.Version] = true
				packages = append(packages, dependency)
			}
		})
	}
	return &pulumirpc.GetRequiredPackagesResponse{Packages: packages}, nil
}

func requiredPackage(found manifest) *pulumirpc.PackageDependency {
	var info pluginInfo
	if len(found.Pulumi) == 0 || json.Unmarshal(found.Pulumi, &info) != nil || !info.Resource {
		return nil
	}
	dependency := &pulumirpc.PackageDependency{Kind: "resource", Name: info.Name, Version: info.Version, Server: info.Server}
	if dependency.Name == "" { // official packages are named after their provider
		dependency.Name = strings.TrimPrefix(strings.TrimPrefix(found.Name, "@pulumi/"), "@")
	}
	if dependency.Version == "" {
		dependency.Version = found.Version
	}
	dependency.Version = "v" + strings.TrimPrefix(dependency.Version, "v")
	if info.Parameterization != nil {
		dependency.Parameterization = &pulumirpc.PackageParameterization{
			Name: info.Parameterization.Name, Version: info.Parameterization.Version, Value: info.Parameterization.Value,
		}
	}
	return dependency
}

func (h *host) GetProgramDependencies(
	_ context.Context, req *pulumirpc.GetProgramDependenciesRequest,
) (*pulumirpc.GetProgramDependenciesResponse, error) {
	directory := req.GetInfo().GetProgramDirectory()
	var dependencies []*pulumirpc.DependencyInfo
	for _, modules := range nodeModules(directory) {
		declared, _ := readManifest(filepath.Dir(modules))
		installed(modules, func(found manifest) {
			_, direct := declared.Dependencies[found.Name]
			_, development := declared.DevDependencies[found.Name]
			if direct || development || req.TransitiveDependencies {
				dependencies = append(dependencies, &pulumirpc.DependencyInfo{Name: found.Name, Version: found.Version})
			}
		})
	}
	return &pulumirpc.GetProgramDependenciesResponse{Dependencies: dependencies}, nil
}
