// Probe is the workload of the live tests: it answers HTTP and does, inside its pod, what a test asks for.
package main

import (
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

const limit = 2 * time.Second // a dropped connection counts as timed out after this long

func main() {
	took := connectFirst(os.Getenv("FIRST"))
	http.HandleFunc("/first", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, took.Milliseconds()) })
	http.HandleFunc("/hello", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, os.Getenv("HOSTNAME")) })
	http.HandleFunc("/lookup", lookup)
	http.HandleFunc("/dial", dial)
	http.HandleFunc("/write", write)
	http.HandleFunc("/read", read)
	go listenUDP()
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM)
	go func() { log.Fatal(http.ListenAndServe(":8080", nil)) }()
	go func() { log.Fatal(http.ListenAndServe(":9090", nil)) }()
	<-stop
}

// connectFirst answers how long the very first connection of this pod took.
func connectFirst(address string) time.Duration {
	began := time.Now()
	if address != "" {
		if connection, err := net.DialTimeout("tcp", address, 10*time.Second); err == nil {
			_ = connection.Close()
		}
	}
	return time.Since(began)
}

// lookup answers the addresses of ?name=.
func lookup(w http.ResponseWriter, r *http.Request) {
	found, err := net.DefaultResolver.LookupHost(r.Context(), r.FormValue("name"))
	answer(w, found, err)
}

// dial says "connected", "timeout" or the error for ?network=tcp&address=; for UDP it wants an echo.
func dial(w http.ResponseWriter, r *http.Request) {
	connection, err := net.DialTimeout(r.FormValue("network"), r.FormValue("address"), limit)
	if err == nil && r.FormValue("network") == "udp" {
		_ = connection.SetDeadline(time.Now().Add(limit))
		_, _ = connection.Write([]byte("ping"))
		_, err = connection.Read(make([]byte, 16))
	}
	if failed, ok := err.(net.Error); ok && failed.Timeout() {
		fmt.Fprint(w, "timeout")
		return
	}
	answer(w, "connected", err)
}

// write puts the body into the file ?file=.
func write(w http.ResponseWriter, r *http.Request) {
	content, err := io.ReadAll(r.Body)
	if err == nil {
		err = os.WriteFile(r.FormValue("file"), content, 0o600)
	}
	answer(w, "written", err)
}

// read answers the content of the file ?file=.
func read(w http.ResponseWriter, r *http.Request) {
	content, err := os.ReadFile(r.FormValue("file"))
	answer(w, string(content), err)
}

func answer(w http.ResponseWriter, result any, err error) {
	if err != nil {
		fmt.Fprintf(w, "error: %v", err)
		return
	}
	fmt.Fprint(w, result)
}

func listenUDP() {
	connection, err := net.ListenPacket("udp", ":8080")
	if err != nil {
		log.Fatal(err)
	}
	buffer := make([]byte, 64)
	for {
		n, from, err := connection.ReadFrom(buffer)
		if err == nil {
			_, _ = connection.WriteTo(buffer[:n], from)
		}
	}
}
