/** What the engine says about the stack: its name and its configuration. */

import { Server } from "@grpc/grpc-js";
import { RULES } from "../rules.ts";
import { readConfiguration, type Configuration } from "../settings.ts";
import type { Settings } from "../judge.ts";
import type { Tier } from "../rule.ts";

interface StackRequest { getStack(): string; getConfigMap(): { forEach(take: (value: string, key: string) => void): void } }
type Handler = (call: { readonly request: StackRequest }, callback: unknown) => unknown;

const stack = { name: "", config: new Map<string, string>() };

/**
 * Listens to the call in which the engine tells a pack about its stack.
 * @pulumi/policy 1.21 answers that call but keeps only the tags, so name and configuration are read here.
 */
export function listenForStack(): void {
  const { addService } = Server.prototype;
  Server.prototype.addService = function listening(this: Server, service, handlers) {
    const configureStack = handlers["configureStack"] as Handler | undefined;
    if (!configureStack) return addService.call(this, service, handlers);
    const wrapped: Handler = (call, callback) => {
      stack.name = call.request.getStack();
      call.request.getConfigMap().forEach((value, key) => stack.config.set(key.replace(":config:", ":"), value));
      return configureStack(call, callback);
    };
    return addService.call(this, service, { ...handlers, configureStack: wrapped as never });
  };
}

/** Settings of the stack (`slipway:policy`), changed by those of the policy configuration. */
export function configuration(ofPolicy: object): Configuration {
  const text = stack.config.get("slipway:policy") ?? "{}";
  const ofStack = readConfiguration(parsed(text), "slipway:policy", RULES);
  const { tier, facts, limits, levels, exemptions } = readConfiguration(ofPolicy, "policy configuration", RULES);
  return {
    tier: tier ?? ofStack.tier ?? (stack.name === "dev" ? "dev" : "standard"),
    facts: { ...ofStack.facts, ...facts }, limits: { ...ofStack.limits, ...limits }, levels: { ...ofStack.levels, ...levels },
    exemptions: [...(ofStack.exemptions ?? []), ...(exemptions ?? [])],
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // no object: readConfiguration says what is wanted
  }
}

/** The part of a configuration that rules need. */
export function settingsOf({ tier = "standard", facts = {}, limits = {}, levels = {} }: Configuration): Settings & { readonly tier: Tier } {
  return { tier, facts, limits, levels };
}
