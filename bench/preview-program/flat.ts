import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import type { Registration } from "../registrations.ts";

/** Registers recorded resources one after the other, with the references between them: no components, no planning, nothing computed. */
export function flat(file: string): void {
  const made = new Map<string, pulumi.Resource>();
  for (const registration of JSON.parse(readFileSync(file, "utf8")) as Registration[])
    made.set(`${registration.type}::${registration.name}`, declare(registration, made));
}

function declare(
  { type, name, inputs, provider, version, protect, formerTypes, references, waitsFor }: Registration,
  made: ReadonlyMap<string, pulumi.Resource>,
): pulumi.Resource {
  const found = (keys: readonly string[]): pulumi.Resource[] => keys.flatMap((key) => made.get(key) ?? []); // not the parts of components that somebody else's program makes
  const args = Object.fromEntries(
    Object.entries(inputs).map(([input, value]) => [input, from(found(references[input] ?? []), value)]),
  );
  const opts = {
    ...(version && { version }),
    ...(protect && { protect }),
    aliases: formerTypes.map((former) => ({ type: former })),
    dependsOn: found(waitsFor),
  };
  if (type.startsWith("pulumi:providers:"))
    return new Provider(type.slice("pulumi:providers:".length), name, args, opts);
  const own = provider && made.get(provider);
  return new Declaration(type, name, args, own instanceof Provider ? { ...opts, provider: own } : opts);
}

/** The value as somebody would write it who takes it from these resources. */
function from(resources: readonly pulumi.Resource[], value: unknown): unknown {
  return resources.length === 0 ? value : pulumi.all(resources.map(({ urn }) => urn)).apply(() => value);
}

class Provider extends pulumi.ProviderResource {}

class Declaration extends pulumi.CustomResource {
  constructor(type: string, name: string, inputs: Record<string, unknown>, opts: pulumi.CustomResourceOptions) {
    super(type, name, inputs, opts);
  }
}
