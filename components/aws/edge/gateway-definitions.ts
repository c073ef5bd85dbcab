import { CustomResourceDefinition } from "@pulumi/kubernetes/apiextensions/v1/customResourceDefinition.js";
import type { CustomResourceOptions, Resource } from "@pulumi/pulumi";

/** A definition of custom objects as its publisher writes it. */
export interface Definition {
  readonly metadata: { readonly name: string; readonly annotations?: Record<string, string> };
  readonly spec: object;
}

/** Teaches the cluster what a Gateway, an HTTPRoute and a Middleware are, and all else that Traefik looks at. Systems that use them are kept when a definition goes. */
export function gatewayDefinitions(definitions: readonly Definition[], opts: CustomResourceOptions): Resource[] {
  return definitions.map(
    ({ metadata: { name, annotations }, spec }) =>
      new CustomResourceDefinition(
        name,
        { metadata: { name, annotations: annotations ?? {} }, spec: withoutProse(spec) as never },
        { ...opts, retainOnDelete: true },
      ),
  );
}

/** Without the documentation, which is nine tenths of the text and means nothing to the API server. */
function withoutProse(value: unknown, path = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutProse(item));
  if (typeof value !== "object" || value === null) return value;
  const isProperties = path === "properties"; // there, "description" would be the name of a field
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, member]) => isProperties || key !== "description" || typeof member !== "string")
      .map(([key, member]) => [isProperties ? key : published(key), withoutProse(member, key)]),
  );
}

/** The SDK writes `x-kubernetes-list-type` with underscores; the provider turns it back. */
function published(key: string): string {
  return key.startsWith("x-kubernetes-") ? key.replaceAll("-", "_") : key;
}
