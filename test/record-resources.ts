import * as pulumi from "@pulumi/pulumi";
import { withoutTraces } from "../stacks/without-traces.ts";

/** One registered resource, as a policy or a reader would see it. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  /** `type name` of the component it belongs to. */
  readonly parent: string;
  readonly protect?: true;
  /** Inputs that somebody else may change. */
  readonly ignoreChanges?: readonly string[];
  /** `type name` of what it waits for beyond its inputs. */
  readonly dependsOn?: readonly string[];
  /** Whether it names the cluster it is put into, instead of leaving that to chance. */
  readonly provider: boolean;
  readonly inputs: unknown;
}

/** What stands for a secret: its presence is part of a golden, its value never. */
const SECRET = "[secret]";
/** Marks of secrets in what the engine is sent; fixed in its protocol. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

/** What a provider would add to a resource, or answer to a question, by its type. */
export type Answers = (
  type: string,
  name: string,
  inputs: Readonly<Record<string, unknown>>,
) => Record<string, unknown>;

/** Runs a program without any engine and returns what it registered below `root`, in a stable order. */
export async function recordResources(
  stack: string,
  program: (root: pulumi.Resource) => void,
  answers: Answers = () => ({}),
): Promise<Recorded[]> {
  const restore = withoutTraces(); // as the program does: half of the time would go into them
  try {
    return await recorded(stack, program, answers);
  } finally {
    restore();
  }
}

async function recorded(
  stack: string,
  program: (root: pulumi.Resource) => void,
  answers: Answers,
): Promise<Recorded[]> {
  const sent = new Map<string, { readonly provider: boolean; readonly inputs: unknown }>();
  await pulumi.runtime.setMocks(
    {
      newResource({ type, name, inputs, provider }) {
        sent.set(`${type} ${name}`, { provider: Boolean(provider), inputs: plain(inputs) });
        return {
          id: `${name}-id`,
          state: {
            ...outputs(type, name, inputs as Record<string, unknown>),
            ...answers(type, name, inputs as Record<string, unknown>),
          },
        };
      },
      call: ({ token, inputs }) => ({ ...inputs, ...answers(token, "", inputs as Record<string, unknown>) }),
    },
    "slipway",
    stack,
    false,
  );
  const recorder = new Recorder();
  program(recorder);
  await pulumi.runtime.disconnect();
  return [...recorder.seen]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, resource]) => ({ ...resource, provider: false, inputs: {}, ...sent.get(key) }));
}

type Seen = Map<string, Omit<Recorded, "inputs" | "provider">>;

/** The root under which a program runs: Pulumi hands every resource below it to the transformation. */
class Recorder extends pulumi.ComponentResource {
  readonly seen: Seen;

  constructor() {
    const seen: Seen = new Map();
    super("slipway:test:Recorder", "recorder", {}, { transformations: [noteIn(seen)] });
    seen.clear(); // itself
    this.seen = seen;
  }
}

function noteIn(seen: Seen): pulumi.ResourceTransformation {
  const keys = new Map<unknown, string>();
  return ({ type, name, opts, resource }) => {
    const key = `${type} ${name}`;
    const dependsOn = [opts.dependsOn ?? []].flat().flatMap((other) => keys.get(other) ?? []);
    if (opts.parent) keys.set(resource, key); // all but the root
    seen.set(key, {
      type,
      name,
      parent: keys.get(opts.parent) ?? "",
      ...(opts.protect === true ? { protect: true as const } : {}),
      ...("ignoreChanges" in opts && opts.ignoreChanges ? { ignoreChanges: opts.ignoreChanges } : {}),
      ...(dependsOn.length > 0 ? { dependsOn } : {}),
    });
    return undefined;
  };
}

function outputs(type: string, name: string, sent: Record<string, unknown>): Record<string, unknown> {
  if (type === "random:index/randomPassword:RandomPassword")
    return { ...sent, result: pulumi.secret(`password-of-${name}`) };
  const metadata = sent["metadata"] as Record<string, unknown> | undefined;
  return metadata ? { ...sent, metadata: { name, ...metadata } } : sent;
}

/** Inputs without secrets and without marks of the protocol. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value;
  const object = value as Record<string, unknown>;
  if (object[SIGNATURE] === SECRET_SIGNATURE) return masked(object["value"]);
  return Object.fromEntries(Object.entries(object).map(([key, member]) => [key, plain(member)]));
}

/** The shape of a secret: keys are no secret, and a reader has to see them. */
function masked(value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return SECRET;
  return Object.fromEntries(Object.keys(value).map((key) => [key, SECRET]));
}
