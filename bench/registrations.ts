import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

/** One resource as a program registered it: its inputs as they were sent, and what it refers to, by type and name. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly provider?: string;
  readonly version?: string;
  readonly protect?: boolean;
  /** Other types that it may have had in an older state. */
  readonly formerTypes: readonly string[];
  /** For each input the resources its value comes from. */
  readonly references: Readonly<Record<string, readonly string[]>>;
  /** All it waits for, references among them. */
  readonly waitsFor: readonly string[];
}

interface Logged {
  readonly method: string;
  readonly progress?: string;
  readonly request: Request;
}
interface Request {
  readonly type: string;
  readonly name: string;
  readonly custom?: boolean;
  readonly object?: Readonly<Record<string, unknown>>;
  readonly provider?: string;
  readonly version?: string;
  readonly protect?: boolean;
  readonly aliases?: readonly { readonly spec?: { readonly type?: string } }[];
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, { readonly urns?: readonly string[] }>>;
}

/** Reads from the engine's log of its calls (`PULUMI_DEBUG_GRPC`) what a program registered, in its order, without the components. */
export async function registrations(log: string): Promise<Registration[]> {
  const found: Registration[] = [];
  for await (const line of createInterface({ input: createReadStream(log) })) {
    const { method, progress, request } = JSON.parse(line) as Logged;
    if (method === "/pulumirpc.ResourceMonitor/RegisterResource" && progress === "request_started" && request.custom)
      found.push(registration(request));
  }
  return found;
}

function registration({
  type,
  name,
  object = {},
  provider,
  version,
  protect,
  aliases = [],
  dependencies = [],
  propertyDependencies = {},
}: Request): Registration {
  return {
    type,
    name,
    inputs: object,
    ...(provider && { provider: typeAndName(provider) }),
    ...(version && { version }),
    ...(protect && { protect }),
    formerTypes: aliases.flatMap(({ spec }) => spec?.type ?? []),
    references: Object.fromEntries(
      Object.entries(propertyDependencies).flatMap(([input, { urns = [] }]) =>
        urns.length > 0 ? [[input, urns.map(typeAndName)]] : [],
      ),
    ),
    waitsFor: dependencies.map(typeAndName),
  };
}

/** Without the parents, which a flat program does not have: `urn:pulumi:prod::bench::a:b:C$aws:x:Y::name` is `aws:x:Y::name`. */
function typeAndName(urn: string): string {
  const [, , types = "", name = ""] = urn.split("::");
  return `${types.slice(types.lastIndexOf("$") + 1)}::${name}`;
}
