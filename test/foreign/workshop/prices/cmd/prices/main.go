// Package main answers what a repair costs, by gRPC and with gRPC's own health protocol.
package main

import (
	"context"
	"log"
	"net"
	"os/signal"
	"syscall"

	"google.golang.org/grpc"
	"google.golang.org/grpc/health"
	"google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/protobuf/types/known/wrapperspb"
)

func price(_ any, ctx context.Context, decode func(any) error, _ grpc.UnaryServerInterceptor) (any, error) {
	repair := new(wrapperspb.StringValue)
	if err := decode(repair); err != nil {
		return nil, err
	}
	return wrapperspb.Int64(int64(10 * len(repair.Value))), nil
}

func main() {
	listener, err := net.Listen("tcp", ":50051")
	if err != nil {
		log.Fatal(err)
	}
	server := grpc.NewServer()
	server.RegisterService(&grpc.ServiceDesc{
		ServiceName: "workshop.Prices",
		Methods:     []grpc.MethodDesc{{MethodName: "Of", Handler: price}},
	}, nil)
	grpc_health_v1.RegisterHealthServer(server, health.NewServer())

	stopped, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	go func() {
		<-stopped.Done()
		server.GracefulStop()
	}()
	if err := server.Serve(listener); err != nil {
		log.Fatal(err)
	}
}
