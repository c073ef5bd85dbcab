/** Where runbooks say how a release is taken back; pages of docs/runbooks link it. */
export const VERSION_BEFORE = "[the version before](../how-to/roll-back.md)";

/** First look at one service: its pods, what they complain about, what was changed last. */
export const LOOK_AT_SERVICE = [
  "kubectl -n $namespace get pods -l app.kubernetes.io/name=$service -o wide",
  "kubectl -n $namespace logs -l app.kubernetes.io/name=$service --since=15m --prefix | grep -iE 'warn|error|fatal|exception' | tail -50",
  "kubectl -n $namespace get events --sort-by=.lastTimestamp | grep $service | tail -20",
];

/** First look at one store. */
export const LOOK_AT_STORE = [
  "kubectl -n $namespace get pods -l app.kubernetes.io/name=$service -o wide",
  "kubectl -n $namespace logs -l app.kubernetes.io/name=$service --all-containers --tail=100",
  "kubectl -n $namespace get pvc,events --sort-by=.metadata.creationTimestamp | tail -20",
];

/** First look at the monitoring itself. */
export const LOOK_AT_MONITORING = [
  "kubectl -n monitoring get pods -o wide",
  "kubectl -n monitoring logs -l app.kubernetes.io/name=prometheus --tail=100",
  "kubectl -n monitoring logs -l app.kubernetes.io/name=alertmanager --tail=100",
];
