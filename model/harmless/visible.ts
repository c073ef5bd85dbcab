/** Text from outside (names of resources, messages of programs, mails) made safe to show, whatever shows it. */

/** What is obeyed instead of shown: control characters, direction marks, characters without a width, halves of characters. The signs after an emoji may stay. */
const UNSEEN = /[[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]--[\u{FE00}-\u{FE0F}]]/gv;
/** Colours, which many programs print; without them their text is whole. */
const COLOUR = /\u001b\[[\d;:]*m/g;
/** What a log of continuous integration takes for a command: GitHub's `::name::` at the start of a line, and `##name[` of several anywhere. */
const COMMAND = /^\s*:(?=:[a-z].*::)|#(?=#\w*\[)/giu;

const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Longest line that is shown; of a longer one its length is told. */
const LONGEST = 2000;

/** On one line: whatever a reader would not see is written out, as in `a\u001b[2Jb`. */
export function visible(text: string, longest = LONGEST): string {
  const shown = withoutCommands(text.slice(0, longest).replaceAll(COLOUR, "").replaceAll(UNSEEN, written));
  return text.length <= longest && shown.length <= longest
    ? shown
    : `${shown.slice(0, longest).toWellFormed()}… (of ${text.length} characters)`;
}

/** On as many lines as it has; tabs become spaces. */
export function visibleLines(text: string, longest = LONGEST): string {
  return text
    .split(/\r?\n/)
    .map((line) => visible(line.replaceAll("\t", "    "), longest))
    .join("\n");
}

/** The same value as JSON.stringify gives, without anything in it that a terminal or a log obeys. */
export function visibleJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent)
    .replaceAll(UNSEEN, (unseen) => (unseen === "\n" ? unseen : written(unseen)))
    .replaceAll(/#(?=#\w*\[)/g, escaped);
}

function withoutCommands(text: string): string {
  return text.replaceAll(COMMAND, (found) => found.slice(0, -1) + escaped(found.slice(-1)));
}

function written(unseen: string): string {
  return NAMED[unseen] ?? escaped(unseen);
}

/** As JSON and JavaScript write it, unit by unit. */
function escaped(text: string): string {
  return [...Array(text.length).keys()].map((at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, "0")}`).join("");
}
