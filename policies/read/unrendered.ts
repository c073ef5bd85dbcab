/** Tells a template of a chart from a manifest that carries templates for others: alert texts, mails, secrets. */

/** What only a chart's template says. */
const CHART =
  /\{\{-?\s*(?:include\b|template\b|tpl\b|define\b|if\b|range\b|with\b|end\b|toYaml\b|\.(?:Values|Release|Chart|Capabilities|Files|Template)\b)/;
/** What only a chart's values are called. */
const VALUES = /\{\{[^}]*\.(?:Values|Release|Chart)\./;
/** Properties that name something in the cluster, where nobody after Helm fills in a template. */
const NAMES: ReadonlySet<string> = new Set(["name", "namespace", "image"]);

/** True when the text of a document is still a template of a chart; `value` is what YAML made of it. */
export function isUnrendered(body: string, value: unknown): boolean {
  if (!body.includes("{{")) return false;
  return hasTemplateKey(value) || namesAfterValues(value) || CHART.test(outsideStrings(body));
}

/** True when braces stand where YAML itself reads them, so that they may be why it cannot be read. */
export function bracesOutsideStrings(body: string): boolean {
  return body.includes("{{") && outsideStrings(body).includes("{{");
}

/** `a: {{ b }}` is a mapping whose key is a mapping. */
function hasTemplateKey(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, inner]) => key === "[object Object]" || hasTemplateKey(inner));
}

function namesAfterValues(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, inner]) =>
    typeof inner === "string" ? NAMES.has(key) && VALUES.test(inner) : key !== "data" && namesAfterValues(inner),
  );
}

const BLOCK = /(?:^|[:\-?]\s+)(?:[!&][^\s]*\s+)*[|>][-+\d]*\s*(?:#.*)?$/;

/** A document without its comments, its quoted scalars and its block scalars: there, braces are data. */
function outsideStrings(body: string): string {
  const kept: string[] = [];
  let block: number | undefined; // indentation of the line that opened a block scalar
  let quote = "";
  for (const line of body.split("\n")) {
    const indent = line.search(/\S/);
    if (block !== undefined && (indent < 0 || indent > block)) continue;
    block = undefined;
    const plain = unquoted(line, quote);
    quote = plain.open;
    kept.push(plain.text);
    if (quote === "" && BLOCK.test(plain.text)) block = indent;
  }
  return kept.join("\n");
}

/** A line without quoted text and comment; `open` is the quote that the line leaves open. */
function unquoted(line: string, quote: string): { readonly text: string; readonly open: string } {
  let text = "";
  let open = quote;
  for (let at = 0; at < line.length; at += 1) {
    const [char, next, before] = [line[at]!, line[at + 1], line[at - 1]];
    if (open !== "") {
      const escaped = (open === '"' && char === "\\") || (open === "'" && char === "'" && next === "'");
      if (escaped) at += 1;
      else if (char === open) open = "";
    } else if ((char === '"' || char === "'") && beginsScalar(text)) open = char;
    else if (char === "#" && (before === undefined || /\s/.test(before))) break;
    else text += char;
  }
  return { text, open };
}

const LOOK_BACK = 80; // a long line of quotes must not be read again for each of them

/** Quotes open a scalar only where one may begin; `it's` and `say "no"` are plain. */
function beginsScalar(before: string): boolean {
  return /(?:^|[:?[{,]|(?:^|\s)-)\s*$/.test(before.slice(-LOOK_BACK));
}
