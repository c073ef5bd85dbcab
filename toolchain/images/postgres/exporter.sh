#!/bin/sh
# Prometheus metrics on 9187, read over the socket both containers share (/run/postgresql).
export DATA_SOURCE_NAME='user=slipway.monitor host=/run/postgresql dbname=postgres sslmode=disable'
exec prometheus-postgres-exporter --web.listen-address=:9187 "$@"
