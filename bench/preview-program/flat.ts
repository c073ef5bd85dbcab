import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";

interface Declared { readonly type: string; readonly name: string; readonly inputs: Record<string, unknown>; readonly provider: string }

/** Registers the resources of a recorded plan one after the other: no components, no planning, nothing computed. */
export function flat(file: string): void {
  const declared = JSON.parse(readFileSync(file, "utf8")) as Declared[];
  const providers = new Map<string, pulumi.ProviderResource>();
  for (const { type, name, inputs, provider } of declared) {
    if (type.startsWith("pulumi:providers:")) {
      const made = new Provider(type.slice("pulumi:providers:".length), name, inputs);
      providers.set(`${type}::${name}`, made);
      continue;
    }
    const own = providers.get(provider);
    new Declaration(type, name, withoutMarks(inputs), own ? { provider: own } : {});
  }
}

/** A plan hides whole secrets behind a mark; where a map is wanted, an empty one does as well. */
function withoutMarks(inputs: Record<string, unknown>): Record<string, unknown> {
  return inputs["stringData"] === "[secret]" ? { ...inputs, stringData: {} } : inputs;
}

class Provider extends pulumi.ProviderResource {
  constructor(pkg: string, name: string, inputs: Record<string, unknown>) {
    const { version: _, __internal: _internal, ...args } = inputs;
    super(pkg, name, args);
  }
}

class Declaration extends pulumi.CustomResource {
  constructor(type: string, name: string, inputs: Record<string, unknown>, opts: pulumi.CustomResourceOptions) {
    super(type, name, inputs, opts);
  }
}
