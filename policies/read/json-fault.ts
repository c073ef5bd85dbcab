/** Where JSON stops being JSON. The engine's own message leaves the place out for most wrong tokens. */

const TOKEN =
  /\s*(?:([[{])|([\]}])|([,:])|"(?:[^"\\\u0000-\u001f]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\b|(?:true|false|null)\b)/y;
type Before = "open" | "mark" | "value";

/** Offset of the first token that JSON does not allow there; the end of the text when something is missing. */
export function jsonFaultAt(text: string): number {
  const visible = /\S/g;
  let before: Before = "mark";
  for (TOKEN.lastIndex = 0; ; ) {
    visible.lastIndex = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    const place = visible.exec(text)?.index ?? text.length;
    if (!match) return place;
    const [, open, close, mark] = match;
    const fits = mark ? before === "value" : close ? before !== "mark" : before !== "value";
    if (!fits) return place;
    before = open ? "open" : mark ? "mark" : "value";
  }
}
