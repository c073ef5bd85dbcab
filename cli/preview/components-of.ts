import type { PreviewPlan, Step } from "./preview-plan.ts";

/** What happens to the resources of one component. */
export interface ComponentChanges {
  readonly component: string;
  readonly created: number;
  readonly changed: number;
  readonly replaced: number;
  readonly deleted: number;
  readonly same: number;
}

/** Counts by the component that each resource belongs to directly; providers and the stack itself are left out. */
export function componentsOf({ steps }: PreviewPlan): ComponentChanges[] {
  const byUrn = new Map(steps.map((step) => [step.urn, step]));
  const counts = new Map<string, ComponentChanges>();
  for (const step of steps) {
    if (isComponent(step) || step.type.startsWith("pulumi:")) continue;
    const component = ownerOf(step, byUrn);
    const { created, changed, replaced, deleted, same } = counts.get(component) ?? {
      created: 0,
      changed: 0,
      replaced: 0,
      deleted: 0,
      same: 0,
    };
    counts.set(component, {
      component,
      created: created + Number(step.op === "create"),
      changed: changed + Number(step.op === "update"),
      replaced: replaced + Number(step.op === "replace"),
      deleted: deleted + Number(step.op === "delete"),
      same: same + Number(step.op === "same"),
    });
  }
  return [...counts.values()].toSorted((a, b) => a.component.localeCompare(b.component));
}

/** "Microservice fishdelivery-order" for everything below that component. */
export function ownerOf(step: Step, byUrn: ReadonlyMap<string, Step>): string {
  const parent = byUrn.get(step.parent);
  if (!parent || parent.type === "pulumi:pulumi:Stack") return "the stack itself";
  return isComponent(parent) ? `${parent.type.split(":").at(-1)} ${parent.name}` : ownerOf(parent, byUrn);
}

/** Every resource that something happens to; components only group them, and how a provider is reached is nothing that exists. */
export function changingSteps({ steps }: PreviewPlan): Step[] {
  return steps.filter(
    (step) => !isComponent(step) && !step.type.startsWith("pulumi:") && step.op !== "same" && step.op !== "read",
  );
}

function isComponent({ type, provider }: Step): boolean {
  return provider === "" && !type.startsWith("pulumi:");
}
