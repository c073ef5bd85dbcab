#!/bin/sh
# Prometheus metrics on 9121, asked for as the user "slipway.monitor", who may look and nothing else.
#
#   REDIS_MONITOR_PASSWORD_FILE   file holding this user's password, from a mounted Secret
REDIS_PASSWORD=$(cat "$REDIS_MONITOR_PASSWORD_FILE")
export REDIS_PASSWORD REDIS_USER=slipway.monitor REDIS_ADDR=redis://127.0.0.1:6379
exec prometheus-redis-exporter -web.listen-address=:9121 "$@"
