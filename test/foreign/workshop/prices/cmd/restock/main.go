// Package main writes the price of a repair on the board every second. It answers nobody.
package main

import (
	"bufio"
	"context"
	"fmt"
	"log"
	"net"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

func write(price int64) error {
	connection, err := net.DialTimeout("tcp", os.Getenv("BOARD"), time.Second)
	if err != nil {
		return err
	}
	defer connection.Close()
	fmt.Fprintf(connection, "AUTH %s %s\r\nSET price:brake %d\r\n", os.Getenv("BOARD_USER"), os.Getenv("BOARD_PASSWORD"), price)
	answers := bufio.NewReader(connection)
	for range 2 {
		if line, err := answers.ReadString('\n'); err != nil || !strings.HasPrefix(line, "+OK") {
			return fmt.Errorf("the board said %q: %w", line, err)
		}
	}
	return nil
}

func main() {
	stopped, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	prices, err := grpc.NewClient(os.Getenv("PRICES"), grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		log.Fatal(err)
	}
	for tick := time.NewTicker(time.Second); stopped.Err() == nil; {
		price := new(wrapperspb.Int64Value)
		err := prices.Invoke(stopped, "/workshop.Prices/Of", wrapperspb.String("brake"), price)
		if err == nil {
			err = write(price.Value)
		}
		log.Printf("brake costs %d (%v)", price.Value, err)
		select {
		case <-tick.C:
		case <-stopped.Done():
		}
	}
}
