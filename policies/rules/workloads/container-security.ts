import type { SecurityContext } from "../../resources/kubernetes.ts";
import type { ContainerView } from "../../resources/pods.ts";
import { containerRule, everywhere, inProduction, notApplicable, workloadRule } from "../../judging/rule.ts";

const own = ({ container }: ContainerView): SecurityContext => container.securityContext ?? {};
const ofPod = ({ workload }: ContainerView): SecurityContext => workload.pod.securityContext ?? {};
const items = [27];
/** Windows has none of these fields: the API server refuses a pod that sets them. */
const isWindows = ({ workload }: ContainerView): boolean => workload.pod.os?.name === "windows";

export const capabilitiesDropped = containerRule({
  id: "capabilities-dropped",
  number: "K01",
  items,
  severity: "medium",
  levels: everywhere,
  title: "Every container drops all Linux capabilities",
  why: "A capability that nobody needs turns one bug in the service into control over the node.",
  fix: `securityContext: { capabilities: { drop: ["ALL"] } }`,
  *check(view: ContainerView) {
    if (isWindows(view)) return notApplicable;
    const drop = own(view).capabilities?.drop ?? [];
    if (!drop.some((name) => String(name).toUpperCase() === "ALL")) {
      yield {
        path: `${view.path}.securityContext.capabilities.drop`,
        found: drop.length ? `[${drop.join(", ")}]` : "nothing dropped",
        wanted: `["ALL"]`,
      };
    }
  },
});

export const noPrivilegeEscalation = containerRule({
  id: "no-privilege-escalation",
  number: "K02",
  items,
  severity: "high",
  levels: everywhere,
  title: "No container may gain more privileges than its parent process",
  why: "With escalation allowed, a set-uid file in the image makes root out of any user.",
  fix: `securityContext: { allowPrivilegeEscalation: false }`,
  *check(view: ContainerView) {
    if (isWindows(view)) return notApplicable;
    const found = own(view).allowPrivilegeEscalation;
    if (found !== false)
      yield {
        path: `${view.path}.securityContext.allowPrivilegeEscalation`,
        found: found === undefined ? "not set (true by default)" : String(found),
        wanted: "false",
      };
  },
});

export const notPrivileged = containerRule({
  id: "not-privileged",
  number: "K03",
  items,
  severity: "critical",
  levels: everywhere,
  strict: true,
  title: "No container runs privileged",
  why: "A privileged container is root on the node: whoever breaks it owns every pod there.",
  fix: `securityContext: { privileged: false }`,
  *check(view: ContainerView) {
    if (own(view).privileged === true)
      yield { path: `${view.path}.securityContext.privileged`, found: "true", wanted: "false" };
  },
});

export const nonRoot = containerRule({
  id: "non-root",
  number: "K04",
  items,
  severity: "high",
  levels: everywhere,
  title: "No container runs as root",
  why: "Root in a container is one kernel bug away from root on the node.",
  fix: `securityContext: { runAsNonRoot: true, runAsUser: 10001 }`,
  *check(view: ContainerView) {
    const nonRootRequired = own(view).runAsNonRoot ?? ofPod(view).runAsNonRoot;
    const user = own(view).runAsUser ?? ofPod(view).runAsUser;
    if (nonRootRequired === true || (user !== undefined && Number(user) > 0)) return;
    const account = (own(view).windowsOptions ?? ofPod(view).windowsOptions)?.runAsUserName;
    if (isWindows(view) && account !== undefined && !/administrator$|^nt authority/i.test(account)) return;
    yield {
      path: `${view.path}.securityContext.runAsNonRoot`,
      found: `runAsNonRoot ${nonRootRequired ?? "not set"}, runAsUser ${user ?? "not set"}`,
      wanted: "runAsNonRoot true, or runAsUser above 0, on container or pod",
    };
  },
});

export const readOnlyRoot = containerRule({
  id: "read-only-root",
  number: "K05",
  items,
  severity: "medium",
  levels: everywhere,
  title: "The root file system of every container is read-only",
  why: "A writable root lets an intruder replace the program, and lets logs fill the node's disk.",
  fix: `securityContext: { readOnlyRootFilesystem: true } // and an emptyDir volume mounted at /tmp`,
  *check(view: ContainerView) {
    if (isWindows(view)) return notApplicable;
    const found = own(view).readOnlyRootFilesystem;
    if (found !== true)
      yield {
        path: `${view.path}.securityContext.readOnlyRootFilesystem`,
        found: found === undefined ? "not set (false by default)" : String(found),
        wanted: "true",
      };
  },
});

export const seccompProfile = containerRule({
  id: "seccomp-profile",
  number: "K06",
  items,
  severity: "medium",
  levels: everywhere,
  title: "System calls are filtered by a seccomp profile",
  why: "Unfiltered, a container may call everything the kernel offers, including what has the newest hole.",
  fix: `securityContext: { seccompProfile: { type: "RuntimeDefault" } } // of the pod`,
  *check(view: ContainerView) {
    if (isWindows(view)) return notApplicable;
    const type = own(view).seccompProfile?.type ?? ofPod(view).seccompProfile?.type;
    if (type === "RuntimeDefault" || type === "Localhost") return;
    yield {
      path: `${view.path}.securityContext.seccompProfile.type`,
      found: type ?? "not set (Unconfined by default)",
      wanted: "RuntimeDefault or Localhost, on container or pod",
    };
  },
});

export const noHostNamespace = workloadRule({
  id: "no-host-namespace",
  number: "K07",
  items,
  severity: "high",
  levels: everywhere,
  title: "Pods do not share the network, processes or memory of their node",
  why: "A pod in the node's namespaces sees other pods' traffic and processes, and network policies do not hold for it.",
  fix: `hostNetwork: false, hostPID: false, hostIPC: false`,
  *check({ pod, path }) {
    for (const field of ["hostNetwork", "hostPID", "hostIPC"] as const) {
      if (pod[field] === true) yield { path: `${path}.${field}`, found: "true", wanted: "false" };
    }
  },
});

export const noHostPath = workloadRule({
  id: "no-host-path",
  number: "K08",
  items: [27, 12],
  severity: "high",
  levels: everywhere,
  title: "Pods mount no directory of their node",
  why: "A host directory ties the pod to one node, and lets it read or change what belongs to others.",
  fix: `volumes: [{ name: "data", persistentVolumeClaim: { claimName: "data" } }]`,
  *check({ pod, path }) {
    for (const [index, volume] of (pod.volumes ?? []).entries()) {
      if (volume?.hostPath)
        yield {
          path: `${path}.volumes[${index}].hostPath`,
          found: `host directory in volume "${volume.name ?? ""}"`,
          wanted: "a claim, emptyDir, configMap or secret",
        };
    }
  },
});

export const noHostPort = containerRule({
  id: "no-host-port",
  number: "K09",
  items,
  severity: "medium",
  levels: inProduction,
  title: "No container takes a port of its node",
  why: "Two such pods cannot share a node: a rollout or a drain leaves the second one pending.",
  fix: `ports: [{ name: "http", containerPort: 8080 }] // and a Service in front`,
  *check({ container, path }: ContainerView) {
    for (const [index, port] of (container.ports ?? []).entries()) {
      if (port?.hostPort)
        yield { path: `${path}.ports[${index}].hostPort`, found: String(port.hostPort), wanted: "no hostPort" };
    }
  },
});
