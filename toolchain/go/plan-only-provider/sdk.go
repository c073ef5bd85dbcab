package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// sdk is the installed npm package of one provider: the only source of what the provider knows.
type sdk struct {
	folder  string
	version string
	mutex   sync.Mutex
	files   map[string]map[string]*shape // by file, then by interface name
	inputs  map[string]string            // bodies of types/input.d.ts by dotted name
}

// openSDK finds node_modules/@pulumi/<name> from the working directory upwards, or under SLIPWAY_SDK_ROOT.
func openSDK(name string) (*sdk, error) {
	var tried []string
	roots := []string{}
	if root := os.Getenv("SLIPWAY_SDK_ROOT"); root != "" {
		roots = append(roots, root)
	}
	if here, err := os.Getwd(); err == nil {
		for ; here != filepath.Dir(here); here = filepath.Dir(here) {
			roots = append(roots, here)
		}
	}
	for _, root := range roots {
		folder := filepath.Join(root, "node_modules", "@pulumi", name)
		manifest, err := os.ReadFile(filepath.Join(folder, "package.json"))
		if err != nil {
			tried = append(tried, folder)
			continue
		}
		var parsed struct{ Version string }
		if err := json.Unmarshal(manifest, &parsed); err != nil {
			return nil, fmt.Errorf("plan only: %s/package.json: %w", folder, err)
		}
		return &sdk{folder: folder, version: strings.TrimPrefix(parsed.Version, "v"), files: map[string]map[string]*shape{}}, nil
	}
	return nil, fmt.Errorf("plan only: the types of provider %q are not installed; looked for %s. Run `npm ci`", name, strings.Join(tried, ", "))
}

// resource returns what a resource type takes (its Args) and keeps (its State; nil for Kubernetes kinds).
func (s *sdk) resource(token string) (args, state *shape, err error) {
	file, class, err := s.place(token)
	if err != nil {
		return nil, nil, err
	}
	shapes, err := s.read(file)
	if err != nil {
		return nil, nil, fmt.Errorf("type %q is not in @pulumi/%s %s (no %s)", token, filepath.Base(s.folder), s.version, file)
	}
	args = shapes[class+"Args"]
	if args == nil {
		return nil, nil, fmt.Errorf("type %q is not in @pulumi/%s %s (%s declares no %sArgs)", token, filepath.Base(s.folder), s.version, file, class)
	}
	return args, shapes[class+"State"], nil
}

// function returns what a function such as aws:index/getRegion:getRegion takes; one without arguments takes nothing.
func (s *sdk) function(token string) (*shape, error) {
	file, name, err := s.place(token)
	if err != nil {
		return nil, err
	}
	shapes, err := s.read(file)
	if err != nil {
		return nil, fmt.Errorf("function %q is not in @pulumi/%s %s (no %s)", token, filepath.Base(s.folder), s.version, file)
	}
	if args := shapes[strings.ToUpper(name[:1])+name[1:]+"Args"]; args != nil {
		return args, nil
	}
	return &shape{}, nil
}

// place turns aws:rds/instance:Instance into rds/instance.d.ts and Instance.
func (s *sdk) place(token string) (file, class string, err error) {
	parts := strings.Split(token, ":")
	if len(parts) == 3 && parts[0] == "pulumi" && parts[1] == "providers" {
		return "provider.d.ts", "Provider", nil
	}
	if len(parts) != 3 || parts[2] == "" {
		return "", "", fmt.Errorf("%q is no type token", token)
	}
	module, class := parts[1], parts[2]
	leaf := strings.ToLower(class[:1]) + class[1:]
	if parts[0] == "kubernetes" {
		group, version, _ := strings.Cut(module, "/")
		group = strings.TrimSuffix(strings.TrimSuffix(group, ".k8s.io"), ".authorization")
		group = strings.TrimSuffix(group, ".apiserver")
		return filepath.Join(group, version, leaf+".d.ts"), class, nil
	}
	folder, _, _ := strings.Cut(module, "/")
	if folder == "index" {
		folder = ""
	}
	return filepath.Join(folder, leaf+".d.ts"), class, nil
}

func (s *sdk) read(file string) (map[string]*shape, error) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if known, ok := s.files[file]; ok {
		return known, nil
	}
	text, err := os.ReadFile(filepath.Join(s.folder, file))
	if err != nil {
		return nil, err
	}
	shapes := map[string]*shape{}
	for name, body := range interfaces(string(text)) {
		shapes[name] = parseShape(body)
	}
	s.files[file] = shapes
	return shapes, nil
}

// input returns an interface of types/input.d.ts, such as inputs.rds.InstanceBlueGreenUpdate without "inputs.".
func (s *sdk) input(name string) *shape {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if s.inputs == nil {
		text, err := os.ReadFile(filepath.Join(s.folder, "types", "input.d.ts"))
		if err != nil {
			return nil
		}
		s.inputs = interfaces(string(text))
		s.files["types/input.d.ts"] = map[string]*shape{}
	}
	known := s.files["types/input.d.ts"]
	if found, ok := known[name]; ok {
		return found
	}
	body, ok := s.inputs[name]
	if !ok {
		return nil
	}
	known[name] = parseShape(body)
	return known[name]
}
