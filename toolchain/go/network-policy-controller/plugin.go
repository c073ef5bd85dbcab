package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"time"
)

const (
	// patience is how long a pod is held for a controller that is being started again; then its start fails, the kubelet
	// says why in the pod's events, and tries again by itself. The kubelet waits four minutes for a sandbox.
	patience = 30 * time.Second
	// again is the pause before a pod is announced another time.
	again = 100 * time.Millisecond
)

// configuration is the part of a CNI configuration that this plugin reads.
type configuration struct {
	CNIVersion string          `json:"cniVersion"`
	Socket     string          `json:"socket"`
	PrevResult json.RawMessage `json:"prevResult"`
}

// plugin speaks CNI as the last of a chain: it passes the result of the plugins before it on unchanged, once the rules of
// the pod are in force. A pod whose rules are not in force does not start. The answer is the exit code.
func plugin(command string, in io.Reader, out io.Writer, patience time.Duration) int {
	switch command {
	case "VERSION":
		fmt.Fprint(out, `{"cniVersion":"1.0.0","supportedVersions":["0.3.0","0.3.1","0.4.0","1.0.0"]}`)
	case "ADD":
		var config configuration
		if err := json.NewDecoder(in).Decode(&config); err != nil || config.PrevResult == nil {
			return refuse(out, "0.4.0", 7, "slipway-policy has to follow another plugin")
		}
		pod := podOf(os.Getenv("CNI_ARGS"), config.PrevResult)
		if pod.Address == "" {
			return refuse(out, config.CNIVersion, 7, "slipway-policy has to follow a plugin that gives an address")
		}
		if err := hold(config.Socket, pod, patience); err != nil {
			reason := fmt.Sprintf("the pod was held back because its network policies are not in force: %v", err)
			return refuse(out, config.CNIVersion, tryAgainLater, reason)
		}
		_, _ = out.Write(config.PrevResult)
	}
	return 0
}

const tryAgainLater = 11 // of the CNI specification

func refuse(out io.Writer, version string, code int, reason string) int {
	_ = json.NewEncoder(out).Encode(map[string]any{"cniVersion": version, "code": code, "msg": reason})
	return 1
}

// podOf joins what the runtime says of the pod with the address the plugin before gave it.
func podOf(arguments string, result json.RawMessage) announcement {
	var pod announcement
	for _, argument := range strings.Split(arguments, ";") {
		name, value, _ := strings.Cut(argument, "=")
		switch name {
		case "K8S_POD_NAMESPACE":
			pod.Namespace = value
		case "K8S_POD_NAME":
			pod.Name = value
		case "K8S_POD_UID":
			pod.UID = value
		}
	}
	var given struct {
		IPs []struct{ Address string } `json:"ips"`
	}
	if json.Unmarshal(result, &given) == nil && len(given.IPs) > 0 {
		pod.Address, _, _ = strings.Cut(given.IPs[0].Address, "/")
	}
	return pod
}

// hold announces the pod until its rules are in force, or answers after patience why they are not.
func hold(socket string, pod announcement, patience time.Duration) error {
	for deadline := time.Now().Add(patience); ; time.Sleep(again) {
		err := announce(socket, pod)
		if err == nil || time.Now().After(deadline) {
			return err
		}
	}
}

func announce(socket string, pod announcement) error {
	connection, err := net.DialTimeout("unix", socket, time.Second)
	if err != nil {
		return fmt.Errorf("the network policy controller does not answer: %w", err)
	}
	defer func() { _ = connection.Close() }()
	_ = connection.SetDeadline(time.Now().Add(cacheLag + loading + time.Second))
	if err := json.NewEncoder(connection).Encode(pod); err != nil {
		return fmt.Errorf("the network policy controller does not listen: %w", err)
	}
	answer, err := io.ReadAll(connection)
	if err != nil {
		return fmt.Errorf("the network policy controller does not answer: %w", err)
	}
	if string(answer) != inForce {
		return errors.New(strings.TrimSpace(string(answer)))
	}
	return nil
}
