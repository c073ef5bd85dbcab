import { advice, everywhere, resourceRule, type Rule } from "../rule.ts";

const FIX = `exemptions: [{ rule: "replica-floor", resource: "Deployment/tools/*", reason: "batch tool, restarts are fine", owner: "platform", expires: "2027-03-31" }]`;
const common = { items: [], on: ["Exemption"], fix: FIX, check: () => [] } as const; // found while exemptions are applied

export const exemptionExpired: Rule = resourceRule<object>()({
  ...common, id: "exemption-expired", number: "E01", severity: "high", levels: everywhere, strict: true,
  title: "No exemption is used after its last day", why: "An exemption without an end is a rule that nobody keeps.",
});

export const exemptionExpiring: Rule = resourceRule<object>()({
  ...common, id: "exemption-expiring", number: "E02", severity: "low", levels: advice, strict: true,
  title: "An exemption that ends within two weeks is renewed or made needless", why: "On the day after its last one the deployment fails.",
});

export const exemptionUnused: Rule = resourceRule<object>()({
  ...common, id: "exemption-unused", number: "E03", severity: "medium", levels: everywhere, strict: true,
  title: "Every exemption is needed", why: "A needless exemption hides the next fault of the same kind.",
});

export const exemptionMisplaced: Rule = resourceRule<object>()({
  ...common, id: "exemption-misplaced", number: "E04", severity: "high", levels: everywhere, strict: true,
  title: "Every exemption names a rule that allows one", why: "An exemption with a typo, or from a rule without exceptions, does not do what its author believes.",
});
