import type { StackSettings } from "./stack-settings.ts";
import { kubectl } from "./kubectl.ts";

/** An object that an engine was making when it was killed: whether it exists, nobody has written down. */
export interface PendingCreate { readonly urn: string; readonly type: string; readonly inputs?: { readonly kind?: string; readonly metadata?: { readonly name?: string; readonly namespace?: string } } }

/** Pending creates of an exported stack. */
export function pendingCreates(exported: string): PendingCreate[] {
  const { deployment } = JSON.parse(exported) as { deployment?: { pending_operations?: { type: string; resource: PendingCreate }[] } };
  return (deployment?.pending_operations ?? []).filter(({ type }) => type === "creating").map(({ resource }) => resource);
}

/** What the engine needs to adopt those that came to exist; the others it makes again. */
export async function adoptions(creates: readonly PendingCreate[], settings: StackSettings): Promise<string[]> {
  const found = await Promise.all(creates.map(async ({ urn, type, inputs: { kind, metadata: { name, namespace } = {} } = {} }) => {
    if (!type.startsWith("kubernetes:") || kind === undefined || name === undefined) return [];
    const exists = (await kubectl(settings, ["get", kind, name, ...(namespace ? ["-n", namespace] : []), "--ignore-not-found", "-o", "name"])).trim() !== "";
    return exists ? [urn, namespace ? `${namespace}/${name}` : name] : [];
  }));
  return found.flat();
}
