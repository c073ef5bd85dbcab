#!/bin/sh
# Makes the data folder once, then becomes the server (so signals reach it).
#
#   MARIADB_ROOT_PASSWORD_FILE   file holding root's password, from a mounted Secret
#   MARIADB_ROOT_PASSWORD        or the password itself
#   /etc/slipway/tls/tls.crt, tls.key, ca.crt   optional: TLS on
#   MARIADB_TLS=required         refuse connections without TLS
#   /etc/slipway/mariadb/*.cnf   optional further settings; arguments win over all
set -eu

data=/var/lib/mysql/data
fresh=/var/lib/mysql/.unfinished

password=${MARIADB_ROOT_PASSWORD:-}
if [ -n "${MARIADB_ROOT_PASSWORD_FILE:-}" ]; then
  password=$(cat "$MARIADB_ROOT_PASSWORD_FILE")
fi
unset MARIADB_ROOT_PASSWORD
if [ -z "$password" ]; then
  echo 'mariadb: no root password: set MARIADB_ROOT_PASSWORD_FILE (a file from a Secret) or MARIADB_ROOT_PASSWORD' >&2
  exit 2
fi

# Made beside and renamed when complete: a kill during the first start leaves nothing half done.
if [ ! -d "$data" ]; then
  rm -rf "$fresh"
  mariadb-install-db --no-defaults --datadir="$fresh" --auth-root-authentication-method=normal \
    --skip-test-db --skip-name-resolve --innodb-log-file-size=32M >/tmp/install.log 2>&1 || { cat /tmp/install.log >&2; exit 1; }
  sync "$fresh"
  mv "$fresh" "$data"
fi

# Read before the first client is let in, at every start: the password in the Secret is the one
# that holds, also after it was changed. The user named like the process answers health checks
# and the exporter over the socket, without any password. The installer also leaves
# password-less roots of 127.0.0.1 and of the host's name behind: they go.
umask 077
quoted=$(printf '%s' "$password" | sed -e 's/\\/\\\\/g' -e "s/'/''/g")
cat >/tmp/init.sql <<SQL
CREATE USER IF NOT EXISTS 'root'@'%' IDENTIFIED BY '$quoted';
ALTER USER 'root'@'%' IDENTIFIED BY '$quoted';
ALTER USER 'root'@'localhost' IDENTIFIED BY '$quoted';
GRANT ALL PRIVILEGES ON *.* TO 'root'@'%' WITH GRANT OPTION;
CREATE USER IF NOT EXISTS 'mariadb'@'localhost' IDENTIFIED VIA unix_socket;
GRANT PROCESS, REPLICATION CLIENT, SLAVE MONITOR ON *.* TO 'mariadb'@'localhost';
DELETE FROM mysql.global_priv WHERE User = '' OR (User = 'root' AND Host NOT IN ('localhost', '%'));
FLUSH PRIVILEGES;
SQL
unset password quoted

if [ -r /etc/slipway/tls/tls.crt ]; then
  set -- --ssl-cert=/etc/slipway/tls/tls.crt --ssl-key=/etc/slipway/tls/tls.key "$@"
  [ ! -r /etc/slipway/tls/ca.crt ] || set -- --ssl-ca=/etc/slipway/tls/ca.crt "$@"
fi
[ "${MARIADB_TLS:-off}" != required ] || set -- --require-secure-transport=ON "$@"

exec mariadbd --init-file=/tmp/init.sql "$@"
