#!/bin/sh
# Becomes the server (so signals reach it); arguments win over redis.conf.
#
#   REDIS_USERS_FILE   ACL file with every user, from a mounted Secret; "user default off" is one of its lines
set -eu

if [ ! -r "${REDIS_USERS_FILE:-}" ]; then
  echo 'redis: no users: set REDIS_USERS_FILE to an ACL file (from a Secret)' >&2
  exit 2
fi
exec redis-server /etc/redis/redis.conf --aclfile "$REDIS_USERS_FILE" "$@"
