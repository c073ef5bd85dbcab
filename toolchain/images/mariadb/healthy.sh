#!/bin/sh
# Exit code 0 once the server answers; for readiness probes.
exec mariadb --user=mariadb --connect-timeout=2 --execute "DO 1"
