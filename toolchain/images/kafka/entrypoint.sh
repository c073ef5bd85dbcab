#!/bin/sh
# Formats the storage once, then becomes the broker (so signals reach it).
#
# Settings, later ones win:
#   /opt/kafka/config/server.properties      what is right for one small node
#   /etc/slipway/kafka/server.properties     optional, from a ConfigMap
#   KAFKA_ADVERTISED_HOST, KAFKA_ADVERTISED_PORT   the address clients are told (kafka, 9092)
#   KAFKA_HEAP                               heap, a java size (160m fits a 400 MiB limit)
#   KAFKA_JAVA_OPTIONS                       further options of java, after ours
set -eu

data=/var/lib/kafka/data
config=/tmp/server.properties
classpath='/opt/kafka/libs/*'

{
  cat /opt/kafka/config/server.properties
  printf '\nlog.dirs=%s\n' "$data"
  if [ -r /etc/slipway/kafka/server.properties ]; then
    cat /etc/slipway/kafka/server.properties
    printf '\n'
  fi
  # Last, because clients that are told a wrong address never come back.
  printf 'advertised.listeners=PLAINTEXT://%s:%s\n' "${KAFKA_ADVERTISED_HOST:-kafka}" "${KAFKA_ADVERTISED_PORT:-9092}"
} >"$config"

# Serial collector, small stacks and code cache: the broker shall fit a few hundred MiB.
# The quick compiler alone: a start costs 3.1 s of processor instead of 4.2 and 40 MiB less.
# One memory arena per two threads is glibc's default and costs 64 MiB each.
export MALLOC_ARENA_MAX=2
java="java -Xss512k -XX:+UseSerialGC -XX:-UsePerfData -XX:TieredStopAtLevel=1 -Dlog4j2.configurationFile=/opt/kafka/config/log4j2.yaml"

# meta.properties is the last thing formatting writes: without it, a format was never finished.
if [ ! -f "$data/meta.properties" ]; then
  mkdir -p "$data"
  id=$(head -c 16 /dev/urandom | base64 | tr '+/' '-_' | cut -c 1-22)
  $java -Xmx64m -cp "$classpath" kafka.tools.StorageTool format --ignore-formatted --cluster-id "$id" --config "$config"
fi

exec $java -Xms64m -Xmx"${KAFKA_HEAP:-160m}" \
  -XX:MaxDirectMemorySize=48m -XX:ReservedCodeCacheSize=48m -XX:MaxMetaspaceSize=112m \
  -XX:+ExitOnOutOfMemoryError \
  -Djava.awt.headless=true \
  -javaagent:"$(echo /opt/kafka/libs/jmx_prometheus_javaagent-*.jar)"=9404:/opt/kafka/config/jmx-exporter.yaml \
  ${KAFKA_JAVA_OPTIONS:-} \
  -cp "$classpath" kafka.Kafka "$config" "$@"
