package main

import (
	"fmt"
	"os/exec"
	"strings"
)

// table hands compiled rules to the kernel: all of them or none.
type table struct{ nft string }

func (t table) apply(rules string) error {
	command := exec.Command(t.nft, "-f", "-")
	command.Stdin = strings.NewReader(rules)
	if said, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("nft refused the rules: %w: %s", err, said)
	}
	return nil
}
