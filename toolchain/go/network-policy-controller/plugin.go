package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"time"
)

// configuration is the part of a CNI configuration that this plugin reads.
type configuration struct {
	CNIVersion string          `json:"cniVersion"`
	Socket     string          `json:"socket"`
	PrevResult json.RawMessage `json:"prevResult"`
}

// plugin speaks CNI as the last of a chain: it passes the result of the plugins before it on unchanged. A controller that
// is not there keeps no pod from starting; it will learn the address from the API.
func plugin(command string, in io.Reader, out io.Writer) {
	switch command {
	case "VERSION":
		fmt.Fprint(out, `{"cniVersion":"1.0.0","supportedVersions":["0.3.0","0.3.1","0.4.0","1.0.0"]}`)
	case "ADD":
		var config configuration
		if err := json.NewDecoder(in).Decode(&config); err != nil || config.PrevResult == nil {
			fmt.Fprint(out, `{"cniVersion":"0.4.0","code":7,"msg":"slipway-policy has to follow another plugin"}`)
			os.Exit(1)
		}
		if err := announce(config.Socket, podOf(os.Getenv("CNI_ARGS"), config.PrevResult)); err != nil {
			fmt.Fprintf(os.Stderr, "slipway-policy: %v\n", err)
		}
		_, _ = out.Write(config.PrevResult)
	}
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

func announce(socket string, pod announcement) error {
	connection, err := net.DialTimeout("unix", socket, time.Second)
	if err != nil {
		return err
	}
	defer func() { _ = connection.Close() }()
	_ = connection.SetDeadline(time.Now().Add(patience + cacheLag))
	if err := json.NewEncoder(connection).Encode(pod); err != nil {
		return err
	}
	_, err = connection.Read(make([]byte, 8))
	return err
}
