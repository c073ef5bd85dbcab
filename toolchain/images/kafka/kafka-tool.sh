#!/bin/sh
# Kafka's own command line, for runbooks: kafka-tool TopicCommand --list,
# kafka-tool consumer.group.ConsumerGroupCommand --describe --all-groups.
set -eu
tool=$1
shift
exec java -Xmx96m -XX:+UseSerialGC -XX:-UsePerfData -XX:TieredStopAtLevel=1 \
  -Dlog4j2.configurationFile=/opt/kafka/config/log4j2.yaml -Dslipway.loglevel=warn \
  -cp '/opt/kafka/libs/*' "org.apache.kafka.tools.$tool" --bootstrap-server "${KAFKA_BOOTSTRAP:-127.0.0.1:9092}" "$@"
