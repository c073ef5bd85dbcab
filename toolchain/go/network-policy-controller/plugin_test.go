package main

import (
	"strings"
	"testing"
	"time"
)

const (
	arguments = "IgnoreUnknown=1;K8S_POD_NAMESPACE=shop;K8S_POD_NAME=web-0;K8S_POD_INFRA_CONTAINER_ID=abc;K8S_POD_UID=u1"
	given     = `{"cniVersion":"0.4.0","ips":[{"address":"10.0.0.7/24"}]}`
)

func added(socket, result string) (int, string) {
	var out strings.Builder
	code := plugin("ADD", strings.NewReader(`{"cniVersion":"0.4.0","socket":"`+socket+`","prevResult":`+result+`}`), &out, 0)
	return code, out.String()
}

func TestAPodDoesNotStartWithoutAControllerAndItsEventsSayWhy(t *testing.T) {
	code, said := added("/nowhere", given)
	if code == 0 || strings.Contains(said, "10.0.0.7") {
		t.Fatalf("exit code %d, answer %s", code, said)
	}
	for _, wanted := range []string{`"code":11`, "network policies are not in force", "/nowhere"} {
		if !strings.Contains(said, wanted) {
			t.Errorf("%q is missing in %s", wanted, said)
		}
	}
}

func TestAPodWithoutAnAddressDoesNotStart(t *testing.T) {
	if code, said := added("/nowhere", `{"cniVersion":"0.4.0"}`); code == 0 || !strings.Contains(said, "gives an address") {
		t.Fatalf("exit code %d, answer %s", code, said)
	}
}

func TestTheRemovalOfAPodNeedsNoController(t *testing.T) {
	if code := plugin("DEL", strings.NewReader("{}"), &strings.Builder{}, time.Minute); code != 0 {
		t.Fatal(code)
	}
}

func TestThePluginKnowsThePodAndItsAddress(t *testing.T) {
	pod := podOf(arguments, []byte(given))
	if pod != (announcement{"shop", "web-0", "u1", "10.0.0.7"}) {
		t.Fatal(pod)
	}
}
