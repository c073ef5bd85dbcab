import type { Input } from "@pulumi/pulumi";
import { LABEL } from "../../model/names.ts";
import release from "../../package.json" with { type: "json" };

/** Whose an object is and where it goes. */
export interface Owner {
  /** An output of the namespace, so that nothing is created before it. */
  readonly namespace: Input<string>;
  readonly system: string;
  /** Service or store the object belongs to. */
  readonly name: string;
  readonly component: "service" | "migration" | "store" | "job" | "network" | "gateway" | "catalogue" | "monitoring";
  readonly team: string;
}

/** Labels of every object. The version is the release of the description; pods carry the build that runs in them. */
export function labels({ system, name, component, team }: Owner): Record<string, string> {
  return {
    [LABEL.name]: name,
    [LABEL.system]: system,
    [LABEL.component]: component,
    [LABEL.version]: release.version,
    [LABEL.managedBy]: "slipway",
    [LABEL.owner]: team,
  };
}

/** The labels by which pods are found: those that never change. */
export function selector({ name, component }: Owner): Record<string, string> {
  return { [LABEL.name]: name, [LABEL.component]: component };
}

/** Metadata without a name: Pulumi makes one, so a replacement can stand beside what it replaces. */
export function metadata(owner: Owner): { namespace: Input<string>; labels: Record<string, string> } {
  return { namespace: owner.namespace, labels: labels(owner) };
}

/** Metadata with a name that others rely on: Services, and what holds data. */
export function namedMetadata(owner: Owner, name: string): { name: string } & ReturnType<typeof metadata> {
  return { name, ...metadata(owner) };
}
