import {
  type Document,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLMap,
} from "yaml";
import { UserError } from "../terminal/user-error.ts";

/** One thing wrong with a file, and the line where the parser knows it. */
interface Fault {
  readonly line?: number;
  readonly found: string;
  readonly allowed: string;
  readonly fix: string;
}

const EXAMPLE = '`config:` and indented below it lines such as `slipway:accountId: "111122223333"`';
const MOST_CHARACTERS = 80;
const MOST_FAULTS = 20;
/** The parser's own look at keys, and its pictures of faults, take the square of their number. */
const QUICK = { uniqueKeys: false, prettyErrors: false } as const;

/** The settings in the text of a `Pulumi.<stack>.yaml`. Throws one error that lists everything that no settings could be read from. */
export function readStackFile(file: string, text: string): Readonly<Record<string, unknown>> {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, ...QUICK });
  const lines = text.split("\n");
  const lineNumber = ({ range }: Node): number => counter.linePos(range?.[0] ?? 0).line;
  const unread = [
    ...document.errors.map(({ message, pos }) => unreadable(message, counter.linePos(pos[0]).line, lines)),
    ...repeatedKeys(document).map((key) => unreadable("Map keys must be unique", lineNumber(key), lines)),
  ];
  const faults = unread.length > 0 ? unread : faultsOf(document, lines, lineNumber);
  if (faults.length > 0) {
    const told = faults
      .slice(0, MOST_FAULTS)
      .map(
        ({ line, found, allowed, fix }) =>
          `  ${file}${line === undefined ? "" : `:${line}`}: found ${found}, allowed: ${allowed}. Fix: ${fix}`,
      );
    const left = faults.length > told.length ? [`  and ${faults.length - told.length} more`] : [];
    const head = `slipway: ${file} cannot be read as settings; nothing was done:`;
    throw new UserError([head, ...told, ...left].join("\n"));
  }
  const config = document.get("config", true);
  return isMap(config) ? (config.toJS(document) as Record<string, unknown>) : {};
}

/** True where the YAML says nothing, in however many comments. */
export function isEmptyYaml(text: string): boolean {
  const { contents, errors } = parseDocument(text, QUICK);
  return errors.length === 0 && isNothing(contents);
}

function unreadable(problem: string, line: number, lines: readonly string[]): Fault {
  return {
    line,
    found: `${lineOf(lines, line)} (${problem})`,
    allowed:
      "YAML: spaces before a line, each key once, every quote and bracket closed, quotes around text that has signs in it",
    fix: `put line ${line} right, or what is still open above it`,
  };
}

/** Every key that stands in its map once more. */
function repeatedKeys(document: Document): Node[] {
  const repeated: Node[] = [];
  visit(document, {
    Map(_key, { items }) {
      const seen = new Set<unknown>();
      for (const { key } of items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) repeated.push(key);
        seen.add(key.value);
      }
    },
  });
  return repeated;
}

function faultsOf(document: Document, lines: readonly string[], lineNumber: (node: Node) => number): Fault[] {
  const { contents } = document;
  if (isNothing(contents))
    return [
      {
        found: "nothing",
        allowed: EXAMPLE,
        fix: "write `config:` into it; the preview then lists every setting that is missing",
      },
    ];
  const config = isMap(contents) ? contents.get("config", true) : contents;
  if (isNothing(config) || !isNode(config)) return [];
  const line = lineNumber(config);
  if (!isMap(config))
    return [
      {
        line,
        found: `${lineOf(lines, line)}, which is no map of settings`,
        allowed: EXAMPLE,
        fix: "write each setting as `key: value` on a line of its own below `config:`",
      },
    ];
  return valueFaults(document, config).map(({ node, found, meant }) => ({
    line: lineNumber(node),
    found,
    allowed: "text in quotes, as account ids and versions are",
    fix: `write "${meant}"`,
  }));
}

/** Values that YAML takes for something else than what is written there. */
function valueFaults(document: Document, config: YAMLMap): { node: Node; found: string; meant: string }[] {
  const faults: { node: Node; found: string; meant: string }[] = [];
  visit(config, {
    Scalar(_key, node, path) {
      const { value, source: meant } = node;
      if (typeof value === "number" && meant !== undefined && meant !== String(value))
        faults.push({
          node,
          meant,
          found: `${settingAt(path)}: ${meant} without quotes, which YAML takes for the number ${value}`,
        });
    },
    Alias(_key, node, path) {
      const meant = `*${node.source}`;
      if (node.resolve(document) === undefined)
        faults.push({
          node,
          meant,
          found: `${settingAt(path)}: ${meant} without quotes, which YAML takes for the name of something above`,
        });
    },
  });
  return faults;
}

/** Key of the setting that a value belongs to, however deep in it. */
function settingAt(path: readonly unknown[]): string {
  const pair = path.find(isPair);
  return pair === undefined ? "config" : String(pair.key);
}

function isNothing(node: unknown): boolean {
  return node === null || node === undefined || (isScalar(node) && node.value === null);
}

/** What stands there, as far as it helps to find it. */
function lineOf(lines: readonly string[], line: number): string {
  const found = lines[line - 1]?.trim() ?? "";
  return found === ""
    ? "no more"
    : `"${found.length <= MOST_CHARACTERS ? found : `${found.slice(0, MOST_CHARACTERS)}…`}"`;
}
