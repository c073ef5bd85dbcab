#!/bin/sh
# Exit code 0 once the server has read its data and answers, else it says what was answered; for readiness probes.
REDISCLI_AUTH=$(cat "$REDIS_MONITOR_PASSWORD_FILE")
export REDISCLI_AUTH
answer=$(timeout 2 redis-cli --user slipway.monitor --no-auth-warning ping 2>&1) || true
[ "$answer" = PONG ] || echo "redis: $answer" >&2
exec test "$answer" = PONG
