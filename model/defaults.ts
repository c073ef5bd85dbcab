/** Every default once: value, why, and where the number comes from. The page `docs/defaults.md` is printed from here. */

export interface Default<T> {
  readonly value: T;
  readonly unit: string;
  readonly why: string;
}

const of = <T>(value: T, unit: string, why: string): Default<T> => ({ value, unit, why });

export const DEFAULTS = {
  call: {
    timeoutMs: of(
      610,
      "ms",
      "for the callee, and as much again for each further call on the longest chain below it, up to 2000 ms; never more than the caller's own caller or route leaves, in equal parts for all on the chain. The limit the five source systems were designed around",
    ),
    marginMs: of(10, "ms", "taken from what is left before it is divided: the way of the answer back to the caller"),
    breakerErrorPercent: of(50, "%", "half of the calls failing is no longer bad luck"),
    breakerOpenMs: of(
      5000,
      "ms",
      "long enough for a pod to leave the Service, short enough to recover in one alert window",
    ),
    breakerMinCalls: of(10, "calls", "fewer calls than this in ten seconds say nothing about the callee"),
    maxConcurrent: of(50, "calls", "bulkhead: one slow callee may not take all of a caller's sockets"),
  },
  probe: {
    startup: of(
      { periodSeconds: 1, failureThreshold: 60, timeoutSeconds: 2 },
      "",
      "a minute to start, noticed within a second",
    ),
    readiness: of(
      { periodSeconds: 2, failureThreshold: 2, timeoutSeconds: 1 },
      "",
      "a bad pod leaves the Service after four seconds",
    ),
    liveness: of(
      { periodSeconds: 5, failureThreshold: 4, timeoutSeconds: 2 },
      "",
      "restart after 20 s: five times slower than readiness, so a busy pod is rested before it is killed",
    ),
  },
  rollout: {
    maxSurge: of(1, "pods", "one new pod at a time is proven before the next"),
    minReadySeconds: of(5, "s", "a pod that dies at once never counts as available"),
    preStopSeconds: of(8, "s", "Service endpoints take one to three seconds to spread; load balancers a little more"),
    drainSeconds: of(20, "s", "longest request plus commit of the running Kafka batch"),
    graceSeconds: of(45, "s", "preStop 8 s + drain 20 s, with room for closing connections"),
    startMarginSeconds: of(
      60,
      "s",
      "added to `startsWithin` for the deadline of a rollout: scheduling, pulling the image, and the proof that the new pod stays",
    ),
    historyLimit: of(3, "revisions", "enough to roll back twice"),
  },
  gateway: {
    marginSeconds: of(
      5,
      "s",
      "beside the longest answer: until a load balancer notices that a gateway leaves, and the way back of the answer",
    ),
    silentSeconds: of(
      60,
      "s",
      "a load balancer keeps a silent connection this long, or as long as the longest answer; what streams has to say something more often",
    ),
    connectMs: of(2000, "ms", "a pod of the same cluster that takes longer to accept a connection takes no request"),
    idleMs: of(
      1500,
      "ms",
      "below the 2 s after which gunicorn, the least patient of common servers, closes an idle connection: a request that meets the end of one gets 502",
    ),
  },
  migration: {
    endsWithinSeconds: of(
      90,
      "s",
      "one attempt of a migration that does not say, beside what its program may take to start: a minute to wait for its store, and the statements",
    ),
    retries: of(2, "attempts", "after the first: a store that was being restarted is back by then"),
  },
  scale: {
    max: of(6, "pods", "one consumer per default partition"),
    cpuPercent: of(60, "%", "leaves room for the time a new pod needs to start"),
    scaleDownSeconds: of(300, "s", "Kubernetes default; shorter windows flap"),
  },
  resources: {
    cpu: of("500m", "cores", "limit of one Node process that also compresses and encrypts"),
    memory: of(
      "192Mi",
      "bytes",
      "the kit needs about 90 MiB; request equals limit, so a pod is never killed for memory it was promised",
    ),
    foreignMemory: of(
      "256Mi",
      "bytes",
      "of a program that is not on the kit and says nothing; most public examples of Go, Python and Node.js programs ask for 128 to 256 MiB",
    ),
    temp: of(
      "64Mi",
      "bytes",
      "of /tmp, and of each further folder that `needs.writes` names; nothing else is writable",
    ),
  },
  kafka: {
    partitions: of(6, "partitions", "at least the maximum replicas of every consumer"),
    retentionHours: of(168, "h", "a consumer may be down over a long weekend and still catch up"),
    deadLetterRetentionHours: of(336, "h", "people look at dead letters, and people have holidays"),
    recordBytes: of(
      1_048_588,
      "bytes",
      "what Kafka takes if nobody says otherwise; said here because dead letters need more",
    ),
    deadLetterBytes: of(
      8192,
      "bytes",
      "a record that just fits its topic must fit with the headers that tell its origin",
    ),
  },
  database: { pool: of(5, "connections", "per replica; pools times replicas stay under the server's limit") },
  objective: {
    routeTimeoutMs: of(10_000, "ms", "longest time the gateway waits for a service; shorter than the drain"),
  },
} as const;
