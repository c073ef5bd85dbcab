#!/bin/sh
# Exit code 0 once the server answers; for readiness probes.
exec mariadb-admin --user=mariadb --connect-timeout=2 ping
