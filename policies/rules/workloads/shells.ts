import type { ContainerView } from "../../resources/pods.ts";
import type { Handler } from "../../resources/kubernetes.ts";
import { advice, containerRule, notApplicable } from "../../judging/rule.ts";

/** Programs of a distribution, which an image of one program alone does not have. */
const OF_A_DISTRIBUTION = /^(?:\/(?:usr\/)?bin\/)?(?:sh|ash|bash|dash|cat|curl|wget|nc|sleep|test|grep|echo|kill)$/;
const PROBES = ["startupProbe", "readinessProbe", "livenessProbe"] as const;

export const commandsInTheImage = containerRule({
  id: "commands-in-the-image",
  number: "C95",
  items: [1, 38],
  severity: "low",
  levels: advice,
  toldBy: "probe-proves-life",
  title: "Probes and the pause before the stop need no shell",
  why: "Images of Jib, buildpacks and distroless have none: such a probe fails for ever, such a pause is not made.",
  fix: `lifecycle: { preStop: { sleep: { seconds: 8 } } }, livenessProbe: { grpc: { port: 50051 } }`,
  *check({ container, path }: ContainerView) {
    const handlers: [string, Handler | undefined][] = [
      ...PROBES.map((kind): [string, Handler | undefined] => [kind, container[kind]]),
      ["lifecycle.preStop", container.lifecycle?.preStop],
    ];
    const commands = handlers.filter(([, handler]) => handler?.exec !== undefined);
    if (commands.length === 0) return notApplicable;
    for (const [kind, handler] of commands) {
      const [first = ""] = handler?.exec?.command ?? [];
      if (OF_A_DISTRIBUTION.test(first))
        yield {
          path: `${path}.${kind}.exec.command`,
          found: first,
          wanted: kind === "lifecycle.preStop" ? "sleep" : "httpGet, grpc, tcpSocket, or the program itself",
        };
    }
  },
});
