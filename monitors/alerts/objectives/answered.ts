/** What labels of an answer may be, good or bad: status codes of HTTP and gRPC, and words that libraries write. */
const VALUES = ["200", "503", "500", "OK", "0", "Unavailable", "13", "success", "true", "SUCCESS", "error", "false"];

/** Labels that the matchers of a good answer let through, or the first of them not: cases are made of them. */
export function answered(good: string, outcome: "good" | "bad"): Record<string, string> {
  const matchers = [...good.matchAll(/(\w+)\s*(=~|!~|!=|=)\s*"((?:[^"\\]|\\.)*)"/g)];
  return Object.fromEntries(
    matchers.map(([, label = "", operator = "", value = ""], index) => {
      const lets = index === 0 && outcome === "bad" ? "bad" : "good";
      const found = [value, ...VALUES].find((one) => passes(one, operator, value) === (lets === "good"));
      return [label, found ?? lets];
    }),
  );
}

function passes(label: string, operator: string, value: string): boolean {
  const same = operator.endsWith("~") ? fits(label, value) : label === value;
  return operator.startsWith("!") ? !same : same;
}

/** A pattern that only Prometheus understands fits nothing here. */
function fits(label: string, pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(label);
  } catch {
    return false;
  }
}
