import { MANAGER } from "../cluster/cluster.ts";
import type { Container, Template, Workload } from "../cluster/objects.ts";
import type { Scene } from "../run/scene.ts";

/** What of a workload an experiment changes. */
export interface Changed {
  readonly template?: Template;
  readonly strategy?: object;
}

/** Changes how the pods of a service are made, which makes new ones; put back, the former version takes over again. */
export async function changeWorkload(
  scene: Scene,
  service: string,
  what: string,
  change: (workload: Workload) => Changed,
): Promise<void> {
  const { path, object } = await scene.cluster.workload(service);
  const { template, strategy } = change(object);
  const patch = (value: Changed) => ({
    method: "PATCH" as const,
    path: `${path}?fieldManager=${MANAGER}`,
    type: "json-patch+json" as const,
    body: [
      ...(value.template ? [{ op: "replace", path: "/spec/template", value: value.template }] : []),
      ...(value.strategy ? [{ op: "replace", path: "/spec/strategy", value: value.strategy }] : []),
    ],
  });
  const before: Changed = {
    ...(template ? { template: object.spec.template } : {}),
    ...(strategy && object.spec.strategy ? { strategy: object.spec.strategy } : {}),
  };
  await scene.breaks(what, { kind: "api", calls: [patch(before)] }, () =>
    scene.cluster.ask(patch({ ...(template ? { template } : {}), ...(strategy ? { strategy } : {}) })),
  );
}

/** The same pods as a version of their own: what a new image would do, without one. */
export function asNewVersion({ spec: { template } }: Workload, version: string): Changed {
  const annotations = { ...template.metadata?.annotations, "slipway.dev/proof": version };
  return { template: { ...template, metadata: { ...template.metadata, annotations } } };
}

/** A template whose first container, the program, is another. */
export function withProgram(template: Template, change: (container: Container) => Container): Template {
  const [first, ...others] = template.spec.containers;
  return { ...template, spec: { ...template.spec, containers: first ? [change(first), ...others] : others } };
}

/** A container without some of its fields. */
export function without(container: Container, ...fields: readonly string[]): Container {
  return Object.fromEntries(Object.entries(container).filter(([field]) => !fields.includes(field))) as Container;
}
