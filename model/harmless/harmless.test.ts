import assert from "node:assert/strict";
import fc from "fast-check";
import { html } from "./html.ts";
import { codeBlock, codeSpan, words } from "./markdown.ts";
import { sarifText } from "./sarif.ts";
import { visible, visibleJson, visibleLines } from "./visible.ts";

/** C0, DEL, C1, direction marks and isolates, zero width, line separators, half a character. */
const UNSEEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])/;
/** What GitHub's runner does: `::name::` when a line begins with it, `##[name]` wherever it stands. */
const isCommand = (line: string): boolean => /^\s*::[a-z][^]*?::/i.test(line) || /##(vso|teamcity)?\[/.test(line);

/** Text as somebody would write it who means harm. */
const hostile = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "\u001b[2J",
        "\u001b]8;;x\u0007",
        "\u009b31m",
        "\u202e",
        "\u2066",
        "\u200b",
        "\n::error::x",
        "::add-mask::x",
        "##[error]x",
        "##vso[task]x",
        "%0A::x::",
        "`",
        "```",
        "|",
        "\\",
        "</code><script>",
        "@everyone",
        "[a](http://x)",
        "\r",
        "\t",
      ),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

describe("text from outside", () => {
  it("shows on one line everything that it holds", () => {
    assert.equal(visible("a\u001b[2Jb\u0007\u009bc\u007f"), "a\\u001b[2Jb\\u0007\\u009bc\\u007f");
    assert.equal(visible("one\ntwo\r\n\tthree"), "one\\ntwo\\r\\n\\tthree");
    assert.equal(
      visible("pay\u202eload\u2066\u200b\ufeff\u{e0041}"),
      "pay\\u202eload\\u2066\\u200b\\ufeff\\udb40\\udc41",
    );
    assert.equal(visible("\ud800"), "\\ud800");
  });

  it("is left as it is where it is only text, whatever the language, with the signs of an emoji", () => {
    for (const text of ["Fischgeschäft", "寿司", "متجر", "⚠️ 10 % | a::b", "::/0", "::1", "#1 [x]", "## [x]"])
      assert.equal(visible(text), text);
  });

  it("loses its colours, and nothing that would be one after that", () => {
    assert.equal(visible("\u001b[31mred\u001b[0m"), "red");
    assert.equal(visible("\u001b[\u001b[0m31mred"), "\\u001b[31mred");
  });

  it("commands no log of continuous integration", () => {
    assert.equal(visible("::error file=x::boo"), "\\u003a:error file=x::boo");
    assert.equal(visible(" \u00a0::stop-commands::x"), " \u00a0\\u003a:stop-commands::x");
    assert.equal(visible("a ##[error]x ##vso[y]"), "a \\u0023#[error]x \\u0023#vso[y]");
    assert.equal(visibleLines("a\n::error::b"), "a\n\\u003a:error::b");
  });

  it("is cut where it has no end, and says so", () => {
    const long = visible("x".repeat(1_000_000));
    assert.equal(long, `${"x".repeat(2000)}… (of 1000000 characters)`);
    assert.equal(visible("\u202e".repeat(2000)).length, `${"x".repeat(2000)}… (of 2000 characters)`.length);
  });

  it("never reaches a terminal or a log with anything that these obey", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        assert.doesNotMatch(visible(text), UNSEEN);
        for (const line of visibleLines(text).split("\n")) {
          assert.doesNotMatch(line, UNSEEN);
          assert.ok(!isCommand(line), line);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("is the same value in JSON, and nothing that a terminal obeys", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const shown = visibleJson({ [text]: [text] }, 1);
        assert.deepEqual(JSON.parse(shown), JSON.parse(JSON.stringify({ [text]: [text] })));
        for (const line of shown.split("\n")) {
          assert.doesNotMatch(line, UNSEEN);
          assert.ok(!isCommand(line), line);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("never leaves its code in Markdown", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        for (const span of [codeSpan(text), words(`@${text}`)]) {
          const [, fence = "", inside = ""] = /^(`+)([^`](?:[^]*[^`])?)\1$/.exec(span) ?? [];
          assert.ok(fence !== "" && ![...inside.matchAll(/`+/g)].some(([run]) => run === fence), span);
          assert.doesNotMatch(span, /\n/);
        }
        assert.ok(!words(text).includes("|"));
        const [open = "", body = "", close = ""] = codeBlock(text);
        assert.ok(open === close && !body.split("\n").some((line) => line.trim().startsWith(open)));
      }),
      { numRuns: 2000 },
    );
  });

  it("is left as it is in Markdown where it is nothing but words", () => {
    for (const text of ["Microservice fishdelivery-order", "aws:rds/instance:Instance", "shop/order"])
      assert.equal(words(text), text);
    for (const text of ["@everyone", "www.evil.example", "http://evil.example", "*x*", "a_b_c", "#1", "GH-1", "a|b"])
      assert.match(words(text), /^`.*`$/);
  });

  it("is text in HTML, also between quotes", () => {
    assert.equal(html("</code><script>'\"`&\u202e"), "&#60;/code&#62;&#60;script&#62;&#39;&#34;&#96;&#38;\\u202e");
    fc.assert(fc.property(hostile, (text) => assert.doesNotMatch(html(text), /[<>"'`]|&(?!#\d+;)/)));
  });

  it("is no link in SARIF", () => {
    assert.equal(sarifText("[x](javascript:1)\u001b"), "[x] (javascript:1)\\u001b");
  });
});
