/** Where a metric comes from: which scrape must be up before anything that uses it can work. */
type Source =
  | "service"
  | "kube-state"
  | "resource"
  | "cadvisor"
  | "kubelet"
  | "node"
  | "mariadb"
  | "postgres"
  | "redis"
  | "kafka"
  | "broker-node"
  | "blackbox"
  | "traefik"
  | "prometheus"
  | "alertmanager"
  | "any";

interface Metric {
  readonly name: string;
  readonly source: Source;
  readonly type: "counter" | "gauge" | "histogram";
  /** What must have happened, or where it must run, before the metric exists; null when every watched system has it from the start. */
  readonly when: string | null;
}

const counter = (source: Source, name: string, when: string | null = null): Metric => ({
  name,
  source,
  type: "counter",
  when,
});
const gauge = (source: Source, name: string, when: string | null = null): Metric => ({
  name,
  source,
  type: "gauge",
  when,
});
const histogram = (source: Source, name: string, when: string | null = null): Metric => ({
  name,
  source,
  type: "histogram",
  when,
});

const DISK = "volumes are disks; folders have no size of their own";
const COPY = "a server follows another";
const CLOUD = "the brokers belong to a cloud";
const JOB = "a program runs at its times";
const ENTRY = "somebody outside has asked the service";

/** Every metric of rules and panels. The only place in this folder where a scraped name is written. */
export const METRICS = {
  up: gauge("any", "up"),

  httpRequests: counter("service", "http_requests_total"),
  httpDuration: histogram("service", "http_request_duration_seconds"),
  httpInFlight: gauge("service", "http_requests_in_flight"),
  buildInfo: gauge("service", "build_info"),

  calls: counter("service", "outbound_requests_total"),
  callDuration: histogram("service", "outbound_request_duration_seconds"),
  callsInFlight: gauge("service", "outbound_requests_in_flight"),
  bulkheadLimit: gauge("service", "outbound_bulkhead_limit"),
  fallbacks: counter("service", "outbound_fallbacks_total"),
  breakerState: gauge("service", "circuit_breaker_state"),
  breakerTransitions: counter("service", "circuit_breaker_transitions_total"),

  produced: counter("service", "kafka_messages_produced_total"),
  produceErrors: counter("service", "kafka_produce_errors_total", "an attempt to publish has failed"),
  consumed: counter("service", "kafka_messages_consumed_total"),
  eventAge: histogram("service", "kafka_event_age_seconds"),
  lagRecords: gauge("service", "kafka_consumer_lag_records"),
  lagSeconds: gauge("service", "kafka_consumer_lag_seconds"),
  rebalances: counter("service", "kafka_consumer_rebalances_total"),
  consumerConnected: gauge("service", "kafka_consumer_connected"),
  deadLetters: counter("service", "kafka_dead_letters_total"),
  parked: gauge("service", "kafka_parked_messages"),
  outboxPending: gauge("service", "outbox_pending_messages"),
  outboxAge: gauge("service", "outbox_oldest_age_seconds"),

  poolConnections: gauge("service", "db_pool_connections"),
  poolMax: gauge("service", "db_pool_connections_max"),
  poolWaiting: gauge("service", "db_pool_waiting"),
  poolAcquire: histogram("service", "db_pool_acquire_duration_seconds"),
  poolTimeouts: counter("service", "db_pool_acquire_timeouts_total"),
  queryDuration: histogram("service", "db_query_duration_seconds"),
  queryErrors: counter("service", "db_query_errors_total"),

  eventLoopLag: gauge("service", "nodejs_eventloop_lag_p99_seconds"),
  heapUsed: gauge("service", "nodejs_heap_size_used_bytes"),
  heapLimit: gauge("service", "nodejs_heap_size_limit_bytes"),
  gcDuration: histogram("service", "nodejs_gc_duration_seconds"),
  openFiles: gauge("service", "process_open_fds"),
  maxFiles: gauge("service", "process_max_fds"),

  containerCpu: counter("resource", "container_cpu_usage_seconds_total"),
  containerThrottled: counter("cadvisor", "container_cpu_cfs_throttled_periods_total"),
  containerPeriods: counter("cadvisor", "container_cpu_cfs_periods_total"),
  containerMemory: gauge("resource", "container_memory_working_set_bytes"),
  volumeAvailable: gauge("kubelet", "kubelet_volume_stats_available_bytes", DISK),
  volumeCapacity: gauge("kubelet", "kubelet_volume_stats_capacity_bytes", DISK),
  pendingResizes: gauge("kubelet", "kubelet_pod_pending_resizes", "a resize has been asked for"),

  podRestarts: counter("kube-state", "kube_pod_container_status_restarts_total"),
  podLabels: gauge("kube-state", "kube_pod_labels"),
  podLastTerminated: gauge("kube-state", "kube_pod_container_status_last_terminated_reason", "a container has ended"),
  podReady: gauge("kube-state", "kube_pod_status_ready"),
  podPhase: gauge("kube-state", "kube_pod_status_phase"),
  podRequests: gauge("kube-state", "kube_pod_container_resource_requests"),
  podLimits: gauge("kube-state", "kube_pod_container_resource_limits"),
  deploymentLabels: gauge("kube-state", "kube_deployment_labels"),
  deploymentWanted: gauge("kube-state", "kube_deployment_spec_replicas"),
  deploymentAvailable: gauge("kube-state", "kube_deployment_status_replicas_available"),
  deploymentCondition: gauge("kube-state", "kube_deployment_status_condition"),
  autoscalerLabels: gauge("kube-state", "kube_horizontalpodautoscaler_labels"),
  autoscalerCurrent: gauge("kube-state", "kube_horizontalpodautoscaler_status_current_replicas"),
  autoscalerDesired: gauge("kube-state", "kube_horizontalpodautoscaler_status_desired_replicas"),
  autoscalerMax: gauge("kube-state", "kube_horizontalpodautoscaler_spec_max_replicas"),
  autoscalerCondition: gauge("kube-state", "kube_horizontalpodautoscaler_status_condition"),
  budgetHealthy: gauge("kube-state", "kube_poddisruptionbudget_status_current_healthy"),
  budgetWanted: gauge("kube-state", "kube_poddisruptionbudget_status_desired_healthy"),
  cronLabels: gauge("kube-state", "kube_cronjob_labels", JOB),
  cronCreated: gauge("kube-state", "kube_cronjob_created", JOB),
  cronSucceeded: gauge("kube-state", "kube_cronjob_status_last_successful_time", "a run has ended well"),
  cronActive: gauge("kube-state", "kube_cronjob_status_active", JOB),
  jobOwner: gauge("kube-state", "kube_job_owner", "a job has run"),
  jobFailed: gauge("kube-state", "kube_job_failed", "a job has failed"),
  jobStarted: gauge("kube-state", "kube_job_status_start_time", "a job has run"),
  claimCondition: gauge("kube-state", "kube_persistentvolumeclaim_status_condition", "a volume was enlarged"),
  nodeCondition: gauge("kube-state", "kube_node_status_condition"),

  nodeCpu: counter("node", "node_cpu_seconds_total"),
  nodeMemoryAvailable: gauge("node", "node_memory_MemAvailable_bytes"),
  nodeMemoryTotal: gauge("node", "node_memory_MemTotal_bytes"),
  nodeDiskAvailable: gauge("node", "node_filesystem_avail_bytes"),
  nodeDiskSize: gauge("node", "node_filesystem_size_bytes"),
  nodeLoad: gauge("node", "node_load1"),

  mariadbUp: gauge("mariadb", "mysql_up"),
  mariadbUptime: gauge("mariadb", "mysql_global_status_uptime"),
  mariadbConnections: gauge("mariadb", "mysql_global_status_threads_connected"),
  mariadbMaxConnections: gauge("mariadb", "mysql_global_variables_max_connections"),
  mariadbRunning: gauge("mariadb", "mysql_global_status_threads_running"),
  mariadbQueries: counter("mariadb", "mysql_global_status_questions"),
  mariadbSlowQueries: counter("mariadb", "mysql_global_status_slow_queries"),
  mariadbLogWaits: counter("mariadb", "mysql_global_status_innodb_log_waits"),
  mariadbRowLockWaits: counter("mariadb", "mysql_global_status_innodb_row_lock_waits"),
  mariadbHistory: gauge("mariadb", "mysql_global_status_innodb_history_list_length"),
  mariadbCopyReads: gauge("mariadb", "mysql_slave_status_slave_io_running", COPY),
  mariadbCopyWrites: gauge("mariadb", "mysql_slave_status_slave_sql_running", COPY),
  mariadbBehind: gauge("mariadb", "mysql_slave_status_seconds_behind_master", COPY),

  postgresUp: gauge("postgres", "pg_up"),
  postgresConnections: gauge("postgres", "pg_stat_activity_count"),
  postgresMaxConnections: gauge("postgres", "pg_settings_max_connections"),
  postgresCommits: counter("postgres", "pg_stat_database_xact_commit"),
  postgresDeadlocks: counter("postgres", "pg_stat_database_deadlocks"),

  redisUp: gauge("redis", "redis_up"),
  redisMemory: gauge("redis", "redis_memory_used_bytes"),
  redisMaxMemory: gauge("redis", "redis_memory_max_bytes"),
  redisEvictions: counter("redis", "redis_evicted_keys_total"),
  redisClients: gauge("redis", "redis_connected_clients"),
  redisRefused: counter("redis", "redis_rejected_connections_total"),
  redisCommands: counter("redis", "redis_commands_processed_total"),
  redisSnapshot: gauge("redis", "redis_rdb_last_bgsave_status"),
  redisLog: gauge("redis", "redis_aof_last_write_status"),

  kafkaMessagesIn: counter("kafka", "kafka_broker_messagesin_total"),
  kafkaBytesIn: counter("kafka", "kafka_broker_bytesin_total"),
  kafkaBytesOut: counter("kafka", "kafka_broker_bytesout_total"),
  kafkaOffline: gauge("kafka", "kafka_controller_offlinepartitionscount"),
  kafkaControllers: gauge("kafka", "kafka_controller_activecontrollercount"),
  kafkaUnderReplicated: gauge("kafka", "kafka_server_underreplicatedpartitions"),
  kafkaUnderMinInSync: gauge("kafka", "kafka_server_underminisrpartitioncount"),
  kafkaHandlerIdle: gauge("kafka", "kafka_request_handler_idle_ratio"),
  kafkaRequestTime: gauge("kafka", "kafka_request_total_time_ms"),
  kafkaLogSize: gauge("kafka", "kafka_log_size"),
  kafkaUncleanElections: counter("kafka", "kafka_controller_unclean_elections_total"),
  kafkaInSyncShrinks: counter("kafka", "kafka_server_isr_shrinks_total"),
  jvmUsed: gauge("kafka", "jvm_memory_used_bytes"),
  jvmMax: gauge("kafka", "jvm_memory_max_bytes"),
  brokerCpu: counter("broker-node", "kafka_broker_cpu_seconds_total", CLOUD),
  brokerDiskAvailable: gauge("broker-node", "kafka_broker_filesystem_avail_bytes", CLOUD),
  brokerDiskSize: gauge("broker-node", "kafka_broker_filesystem_size_bytes", CLOUD),

  probeSuccess: gauge("blackbox", "probe_success"),
  probeDuration: gauge("blackbox", "probe_duration_seconds"),
  probeCertificateExpiry: gauge("blackbox", "probe_ssl_earliest_cert_expiry", "the entry speaks TLS"),
  entryRequests: counter("traefik", "traefik_entrypoint_requests_total"),
  routedRequests: counter("traefik", "traefik_service_requests_total", ENTRY),
  routedDuration: histogram("traefik", "traefik_service_request_duration_seconds", ENTRY),

  ruleFailures: counter("prometheus", "prometheus_rule_evaluation_failures_total"),
  ruleDuration: gauge("prometheus", "prometheus_rule_group_last_duration_seconds"),
  ruleInterval: gauge("prometheus", "prometheus_rule_group_interval_seconds"),
  prometheusReload: gauge("prometheus", "prometheus_config_last_reload_successful"),
  series: gauge("prometheus", "prometheus_tsdb_head_series"),
  samples: counter("prometheus", "prometheus_tsdb_head_samples_appended_total"),
  alertmanagers: gauge("prometheus", "prometheus_notifications_alertmanagers_discovered"),
  alertsDropped: counter("prometheus", "prometheus_notifications_dropped_total"),
  notificationsFailed: counter("alertmanager", "alertmanager_notifications_failed_total"),
  notifications: counter("alertmanager", "alertmanager_notifications_total"),
  alertmanagerReload: gauge("alertmanager", "alertmanager_config_last_reload_successful"),
} as const satisfies Record<string, Metric>;

export type MetricKey = keyof typeof METRICS;
