import { camelCase } from "../../scaffolds/scaffold.ts";

/** Longest name of a service, a store or a secret that leaves room for what is put behind it. */
const LONGEST = 40;

/** A name as descriptions take it: lower-case letters, digits and "-", first a letter, at most 40. */
export function labelOf(name: string): string {
  const label = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[-0-9]+|-+$/g, "")
    .slice(0, LONGEST)
    .replace(/-+$/, "");
  return label === "" ? "unnamed" : label;
}

/** The same for several, each once: a second of one label gets a number. */
export function labelsOf(names: readonly string[]): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  const taken = new Set<string>(names.filter((name) => labelOf(name) === name));
  for (const name of names) {
    const label = labelOf(name);
    let free = label;
    for (let count = 2; free !== name && taken.has(free); count += 1) free = `${label.slice(0, LONGEST - 3)}-${count}`;
    taken.add(free);
    labels.set(name, free);
  }
  return labels;
}

/** What JavaScript keeps for itself, so that nothing else can be called so. */
const RESERVED =
  /^(break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|implements|import|in|instanceof|interface|let|new|null|package|private|protected|public|return|static|super|switch|this|throw|true|try|typeof|var|void|while|with|yield|await|async|eval|arguments|undefined|fact|secret|template)$/;

/** The label of a system as the name of a value: `my-shop` is `myShop`. */
export function identifierOf(label: string): string {
  const name = camelCase(label);
  return RESERVED.test(name) ? `${name}System` : name;
}
