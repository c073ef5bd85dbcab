#!/bin/sh
# Prometheus metrics on 9104, read over the socket both containers share (/run/mysqld).
export DATA_SOURCE_NAME='mariadb@unix(/run/mysqld/mysqld.sock)/'
exec prometheus-mysqld-exporter --web.listen-address=:9104 \
  --no-collect.info_schema.query_response_time "$@"
