/** What the engine says about the stack: its name and its configuration, and how the pack is to judge it. */

import { createRequire } from "node:module";
import type * as grpc from "@grpc/grpc-js";
import { RULES } from "../rules.ts";
import { readConfiguration, type Configuration } from "../reporting/settings.ts";
import type { Settings } from "../judging/judge.ts";
import type { Tier } from "../judging/rule.ts";
import { parsedSetting } from "./parsed-setting.ts";

interface StackRequest {
  getStack(): string;
  getConfigMap(): { forEach(take: (value: string, key: string) => void): void };
}
interface PolicyRequest {
  getPolicyconfigMap(): { forEach(take: (policy: { getProperties(): { toJavaScript(): object } }) => void): void };
}
type Handler<R> = (call: { readonly request: R }, callback: unknown) => unknown;

const stack = { name: "", config: new Map<string, string>() };
/** Policy configuration, under whichever of the pack's two policies it was written. */
let ofAnyPolicy: object = {};

/**
 * Listens to the calls in which the engine tells a pack about its stack and its configuration.
 * @pulumi/policy 1.21 answers them but keeps only the tags of the stack, and tells each policy only what stands under its own name:
 * one that compares resources would not hear of a fact or an exemption stated for the other.
 */
export function listenForStack(): void {
  const { prototype } = ownServer();
  const { addService } = prototype;
  prototype.addService = function listening(this: grpc.Server, service, handlers) {
    const configureStack = handlers["configureStack"] as Handler<StackRequest> | undefined;
    const configure = handlers["configure"] as Handler<PolicyRequest> | undefined;
    if (!configureStack || !configure) return addService.call(this, service, handlers);
    const withStack: Handler<StackRequest> = (call, callback) => {
      stack.name = call.request.getStack();
      call.request.getConfigMap().forEach((value, key) => stack.config.set(key.replace(":config:", ":"), value));
      return configureStack(call, callback);
    };
    const withPolicies: Handler<PolicyRequest> = (call, callback) => {
      ofAnyPolicy = {};
      call.request
        .getPolicyconfigMap()
        .forEach((policy) => Object.assign(ofAnyPolicy, policy.getProperties().toJavaScript()));
      return configure(call, callback);
    };
    return addService.call(this, service, {
      ...handlers,
      configureStack: withStack as never,
      configure: withPolicies as never,
    });
  };
}

/** The very class that the SDK serves with: where packages are kept apart, it is the SDK's and nobody else's. */
function ownServer(): typeof grpc.Server {
  const ofSdk = createRequire(createRequire(import.meta.url).resolve("@pulumi/policy"));
  return (ofSdk("@grpc/grpc-js") as typeof grpc).Server;
}

/** Settings of the stack (`slipway:policy`), changed by those of the policy configuration; what stands under the asking policy itself comes first. */
export function configuration(ofPolicy: object): Configuration {
  const text = stack.config.get("slipway:policy") ?? "{}";
  const ofStack = readConfiguration(parsedSetting(text), "slipway:policy", RULES);
  const { tier, facts, limits, levels, exemptions } = readConfiguration(
    { ...ofAnyPolicy, ...ofPolicy },
    "policy configuration",
    RULES,
  );
  return {
    tier: tier ?? ofStack.tier ?? (stageOf() === "dev" ? "dev" : "standard"),
    facts: { ...ofStack.facts, ...facts },
    limits: { ...ofStack.limits, ...limits },
    levels: { ...ofStack.levels, ...levels },
    exemptions: [...(ofStack.exemptions ?? []), ...(exemptions ?? [])],
  };
}

/** A stack that says no stage has the name of one. */
function stageOf(): string {
  return stack.config.get("slipway:stage") ?? stack.name;
}

/** The part of a configuration that rules need. */
export function settingsOf({
  tier = "standard",
  facts = {},
  limits = {},
  levels = {},
}: Configuration): Settings & { readonly tier: Tier } {
  return { tier, facts, limits, levels };
}
