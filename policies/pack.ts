/** The policy pack: single-resource rules block before creation, all others judge one model of the whole stack. */

import { PolicyPack } from "@pulumi/policy";
import { resourcePolicy } from "./pack/resource-policies.ts";
import { listenForStack } from "./pack/stack-settings.ts";
import { stackPolicy } from "./pack/stack-policy.ts";

listenForStack();
new PolicyPack("slipway", { enforcementLevel: "mandatory", policies: [resourcePolicy(), stackPolicy()] });
