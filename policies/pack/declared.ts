/** What was declared of components and Kubernetes objects: the engine shows it before it acts, and afterwards only what came of it. */

import type { Props } from "../resources/resource.ts";

const declared = new Map<string, Props>();

/** Keeps what a resource was declared as, for when the whole stack is judged. */
export function rememberDeclared(type: string, urn: string, props: Props): void {
  if (/^(slipway|kubernetes):/.test(type)) declared.set(urn, props);
}

/** What was declared of a resource, out of what the engine shows of it at the end. A cluster's answer holds its defaults and what its controllers decided. */
export function declaredOf(type: string, urn: string, props: Props): Props {
  const inputs = declared.get(urn);
  if (!inputs || !type.startsWith("kubernetes:")) return { ...inputs, ...props };
  const named = props.metadata as { readonly name?: unknown } | undefined; // a replacement is given its name after it was shown
  return {
    ...inputs,
    metadata: { ...(inputs.metadata as Props), ...(named?.name === undefined ? {} : { name: named.name }) },
  };
}
