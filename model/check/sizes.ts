import type { Fault } from "../fault.ts";
import { MEMORY_UNITS, parseBytes, parseCores } from "../quantity.ts";
import { STAGE } from "../stage.ts";
import type { System } from "../system.ts";
import type { AnyPart } from "../words/service.ts";
import { at, servicesOf } from "./place.ts";

const GIB = 2 ** 30;
const BYTES = `a whole number with ${MEMORY_UNITS}, such as "512Mi"`;
/** Bounds of checklist item 4. */
const SCALE = { max: 10, cpuMin: 15, cpuMax: 80 };

/** Sizes and scales in units Kubernetes would refuse, or that cannot work. */
export function checkSizes(system: System): Fault[] {
  return servicesOf(system).flatMap(([name, service]) => {
    const path = (field: string) => at(system, name, field);
    return [...needs(path, service), ...volume(path, service), ...scale(path, service)];
  });
}

type Path = (field: string) => string;

function needs(path: Path, { needs: { cpu, memory } = {} }: AnyPart): Fault[] {
  const faults: Fault[] = [];
  if (cpu !== undefined && !parseCores(cpu)) {
    faults.push({
      kind: "cpu-unit",
      path: path("needs.cpu"),
      found: `"${cpu}"`,
      allowed: 'cores ("1.5") or thousandths ("250m")',
      fix: "write one of the two",
    });
  }
  if (memory !== undefined && !parseBytes(memory)) {
    faults.push({
      kind: "memory-unit",
      path: path("needs.memory"),
      found: `"${memory}"`,
      allowed: BYTES,
      fix: guessBytes(memory),
    });
  }
  return faults;
}

/** "512Mb" most likely means "512Mi". */
function guessBytes(text: string): string {
  const match = /^(\d+)\s*([KMGT])i?B?$/i.exec(text);
  return match ? `write "${match[1]}${match[2]?.toUpperCase()}i"` : "write a size with its unit";
}

function volume(path: Path, { folder }: AnyPart): Fault[] {
  if (!folder) return [];
  const { size, path: mount } = folder;
  const bytes = parseBytes(size);
  const faults: Fault[] = [];
  if (bytes === undefined) {
    faults.push({
      kind: "folder-unit",
      path: path("folder.size"),
      found: `"${size}"`,
      allowed: BYTES,
      fix: guessBytes(size),
    });
  } else if (bytes < GIB) {
    faults.push({
      kind: "folder-size",
      path: path("folder.size"),
      found: size,
      allowed: "1Gi or more",
      fix: "ask for at least the smallest disk a cloud sells",
    });
  }
  if (!/^(\/[\w.-]+)+$/.test(mount)) {
    faults.push({
      kind: "folder-path",
      path: path("folder.path"),
      found: `"${mount}"`,
      allowed: "an absolute path below /",
      fix: 'write a folder such as "/data"',
    });
  }
  return faults;
}

function scale(path: Path, { tier, folder, scale = {} }: AnyPart): Fault[] {
  if ("one" in scale) return [];
  const { max, cpuPercent } = scale;
  const faults: Fault[] = [];
  if (folder && (max !== undefined || cpuPercent !== undefined)) {
    faults.push({
      kind: "scale-of-folder",
      path: path("scale"),
      found: "a scale beside a folder",
      allowed: "one of the two: one pod alone may write a folder",
      fix: "remove `scale`, or keep the data in a database",
    });
  }
  const floor = Math.max(...Object.values(STAGE).map(({ minReplicas }) => minReplicas[tier]));
  if (max !== undefined && (max <= floor || max > SCALE.max)) {
    faults.push({
      kind: "scale-max",
      path: path("scale.max"),
      found: String(max),
      allowed: `a whole number from ${floor + 1} to ${SCALE.max}: prod always runs ${floor} of a ${tier} service`,
      fix: "leave the autoscaler room to add a replica",
    });
  }
  if (cpuPercent !== undefined && (cpuPercent < SCALE.cpuMin || cpuPercent > SCALE.cpuMax)) {
    faults.push({
      kind: "scale-cpu",
      path: path("scale.cpuPercent"),
      found: `${cpuPercent} %`,
      allowed: `${SCALE.cpuMin} to ${SCALE.cpuMax} %`,
      fix: "leave a new replica time to start",
    });
  }
  return faults;
}
