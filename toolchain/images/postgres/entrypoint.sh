#!/bin/sh
# Makes the data folder once, then becomes the server (so signals reach it).
#
#   POSTGRES_PASSWORD_FILE   file holding the administrator's password, from a mounted Secret
#   POSTGRES_PASSWORD        or the password itself
#   /etc/slipway/postgres/*.conf   optional further settings; arguments win over all
set -eu

data=/var/lib/postgresql/data
fresh=/var/lib/postgresql/.unfinished

password=${POSTGRES_PASSWORD:-}
if [ -n "${POSTGRES_PASSWORD_FILE:-}" ]; then
  password=$(cat "$POSTGRES_PASSWORD_FILE")
fi
unset POSTGRES_PASSWORD
if [ -z "$password" ]; then
  echo 'postgres: no password of the administrator: set POSTGRES_PASSWORD_FILE (a file from a Secret) or POSTGRES_PASSWORD' >&2
  exit 2
fi

# Made beside and renamed when complete: a kill during the first start leaves nothing half done.
if [ ! -d "$data" ]; then
  rm -rf "$fresh"
  initdb --pgdata="$fresh" --username=postgres --encoding=UTF8 --locale=en_US.UTF-8 --data-checksums \
    >/tmp/install.log 2>&1 || { cat /tmp/install.log >&2; exit 1; }
  mv "$fresh" "$data"
fi

# Before the first client is let in, at every start: the password in the Secret is the one that
# holds, also after it was changed. A server without any network does it; what it refuses is said
# without the statement, which holds the password.
umask 077
quoted=$(printf '%s' "$password" | sed -e "s/'/''/g")
cat >/tmp/init.sql <<SQL
DO \$\$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'slipway.monitor') THEN CREATE ROLE "slipway.monitor" LOGIN; END IF; END \$\$;
GRANT pg_monitor TO "slipway.monitor";
GRANT CONNECT ON DATABASE postgres TO "slipway.monitor";
ALTER ROLE postgres PASSWORD '$quoted';
SQL
unset password quoted
postgres --single -c config_file=/etc/postgresql/postgresql.conf -c exit_on_error=on \
  -c log_min_error_statement=panic postgres </tmp/init.sql >/tmp/init.log || { cat /tmp/init.log >&2; exit 1; }
rm /tmp/init.sql

exec postgres -c config_file=/etc/postgresql/postgresql.conf "$@"
