import { above, below, type Alert } from "../alert.ts";
import { METRICS } from "../metrics.ts";
import { steady, type InputSeries, type Proof } from "../proof.ts";
import { viewOf, type Scope } from "../scope.ts";
import { container } from "../signals/container.ts";

const LOOK = [
  "kubectl -n $namespace get pvc",
  "kubectl -n $namespace describe pvc | grep -A8 Conditions",
  "kubectl -n $namespace get pods -o wide",
];

/** Disks of the stores: full, soon full, and larger only on paper. */
export function volumeAlerts(scope: Scope): Alert[] {
  const free = container.volumeFree.expr(viewOf(scope));
  const soon = container.volumeSoon.expr(viewOf(scope));
  return [
    {
      ...filling("VolumeFull", "page", 60),
      ...below(free, 0.03),
      proof: proofOf(scope, (value) => volume(scope, value)),
    },
    {
      ...filling("VolumeFilling", "ticket", 3600),
      expr: (limit) => `${free} < ${limit} and ${soon} < 0`,
      limit: 0.15,
      trouble: "below",
      proof: { ...proofOf(scope, (value) => volume(scope, value, LEAK)), settles: scope.timing.scrape },
      guards: [
        {
          title: "is silent for a volume that is full and stays so",
          series: volume(scope, 0.1),
          after: 3900,
          fires: null,
        },
      ],
    },
    growing(scope),
  ];
}

/** Bytes a sample: of a gigabyte, a seventh is gone in four days. */
const LEAK = 7000;

const claim = { persistentvolumeclaim: "data-mariadb-0" };
const of = ({ plan }: Scope, metric: string, labels = "") =>
  `${metric}{namespace="${plan.name}",persistentvolumeclaim="${claim.persistentvolumeclaim}"${labels}}`;
const proofOf = ({ plan }: Scope, series: Proof["series"]): Proof => ({
  series,
  labels: { namespace: plan.name, ...claim },
  settles: 0,
});

/** A gigabyte of which a share is free, and less with every sample. */
function volume(scope: Scope, free: number, leak = 0): InputSeries[] {
  const available = {
    series: of(scope, METRICS.volumeAvailable.name),
    values: `${Math.round(free * 1e9)}-${leak}x800`,
  };
  return [available, steady(of(scope, METRICS.volumeCapacity.name), 1e9)];
}

function filling(
  name: string,
  severity: "page" | "ticket",
  patience: number,
): Pick<Alert, "name" | "severity" | "patience" | "role" | "summary" | "description" | "runbook"> {
  return {
    name,
    severity,
    patience,
    role: "alone",
    summary: "Volume {{ $labels.persistentvolumeclaim }} fills up",
    description: "{{ $value | humanizePercentage }} of volume {{ $labels.persistentvolumeclaim }} is free.",
    runbook: {
      symptom: "A volume is nearly full.",
      impact: "A store with a full volume stops writing: orders are refused.",
      diagnosis: LOOK,
      fix: [
        "Raise `storage` of the stage in model/stage.ts and deploy; volumes grow without downtime where the storage class allows it.",
        'Kafka: shorten the retention of the largest topic (dashboard Kafka, "Log size").',
      ],
    },
  };
}

function growing(scope: Scope): Alert {
  return {
    name: "VolumeNotEnlarged",
    severity: "ticket",
    role: "alone",
    patience: 900,
    ...above(container.volumeGrowing.expr(viewOf(scope)), 0),
    summary: "Volume {{ $labels.persistentvolumeclaim }} does not grow",
    description:
      "A larger size of {{ $labels.persistentvolumeclaim }} was asked for a quarter of an hour ago and is not there yet.",
    runbook: {
      symptom: "A claim waits for its larger size.",
      impact: "The volume fills up as if nobody had enlarged it.",
      diagnosis: LOOK,
      fix: [
        "`FileSystemResizePending`: the file system grows when the pod starts again; delete the pod.",
        "`Resizing`: the storage driver's log names the reason, such as a disk that was changed within the last six hours (AWS).",
      ],
    },
    proof: {
      ...proofOf(scope, (value) => [
        steady(of(scope, METRICS.claimCondition.name, ',condition="Resizing",status="true"'), value),
      ]),
      firing: 1,
      silent: 0,
    },
  };
}
