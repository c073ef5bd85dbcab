import type { SourceFile } from "../../scaffolds/found/source-files.ts";

/** Asks sources for a variable: by its name, and as frameworks spell it in their settings (`shop.orders.url` for SHOP_ORDERS_URL). */
export function spokenOf(files: readonly SourceFile[]): ((variable: string) => boolean) | undefined {
  if (files.length === 0) return undefined;
  const answers = new Map<string, boolean>();
  return (variable) => {
    const known = answers.get(variable);
    if (known !== undefined) return known;
    const dotted = variable.toLowerCase().replaceAll("_", ".");
    const answer = files.some(({ text }) => text.includes(variable) || text.includes(dotted));
    answers.set(variable, answer);
    return answer;
  };
}
