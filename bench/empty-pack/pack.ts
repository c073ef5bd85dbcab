/** The least that @pulumi/policy can be asked to do. */

import { PolicyPack } from "@pulumi/policy";

new PolicyPack("empty", {
  policies: [{ name: "nothing", description: "Looks at nothing", enforcementLevel: "advisory", validateResource() {} }],
});
