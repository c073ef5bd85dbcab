/** Port of requests and of `/ping`, which the load balancer asks. */
export const GATEWAY_PORT = 8000;
/** Port of the figures that Prometheus collects. */
export const METRICS_PORT = 9000;
