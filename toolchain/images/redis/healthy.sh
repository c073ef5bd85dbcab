#!/bin/sh
# Exit code 0 once the server has read its data and answers; for readiness probes.
REDISCLI_AUTH=$(cat "$REDIS_MONITOR_PASSWORD_FILE")
export REDISCLI_AUTH
answer=$(redis-cli --user slipway.monitor --no-auth-warning -t 2 ping 2>&1) || exit 1
exec test "$answer" = PONG
