import type { PreviewPlan } from "../preview-plan.ts";
import { PRICES_OF } from "./prices.ts";

/** Where and when the prices of an estimate were true; says so where the plan is for another region. */
export function priceBasis({ steps }: Pick<PreviewPlan, "steps">): string {
  const region = steps.find(({ type, op }) => type === "pulumi:providers:aws" && op !== "delete")?.new?.["region"];
  const elsewhere = typeof region === "string" && region !== PRICES_OF.region;
  const other = elsewhere ? `, not of ${region}, where this stack runs and prices are others` : "";
  return `list prices of ${PRICES_OF.region}${other}, as of ${PRICES_OF.date}`;
}
