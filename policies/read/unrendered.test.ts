import assert from "node:assert/strict";
import { addText, emptyInput } from "./input.ts";

const HEAD = "kind: A\napiVersion: example.com/v1\nmetadata:\n  name: a\n";

function problemsOf(text: string, file = "a.yaml"): string[] {
  const input = emptyInput();
  addText(input, text, file);
  return input.problems.map(({ message }) => message);
}

describe("a template of a chart", () => {
  for (const [what, text] of [
    ["in place of a value", "kind: Pod\nmetadata:\n  name: {{ .Release.Name }}\n"],
    ["in place of a value deep inside", "kind: Pod\nmetadata:\n  labels:\n    app: {{ name }}\n"],
    ["around a value", "kind: Pod\nspec:\n  note: my-{{ .Values.note }}-x\n"],
    ["in a quoted name", `kind: Pod\nmetadata:\n  name: "{{ .Values.name }}"\n`],
    ["in a quoted image", `kind: Pod\nspec:\n  containers:\n  - image: "{{ .Values.image }}:{{ .Chart.Version }}"\n`],
    ["around lines", "kind: Pod\n{{- if .Values.on }}\nspec: {}\n{{- end }}\n"],
    ["behind a text with an apostrophe", `${HEAD}note: it's {{ .Values.x }}\n`],
    ["after a block", `${HEAD}text: |\n  a\nmore: {{ include "x" . }}\n`],
  ] as const)
    it(`is told to be rendered first: ${what}`, () => assert.match(problemsOf(text)[0] ?? "", /helm template/));
});

describe("a manifest that carries templates for others", () => {
  for (const [what, text] of [
    ["alert texts", `${HEAD}summary: "{{ $labels.job }} is down{{ with $labels.cluster }} on {{ . }}{{ end }}"\n`],
    ["alert texts in plain style", `${HEAD}summary: Foo {{ $labels.job }} is down\n`],
    ["mails", `${HEAD}data:\n  a.yml: |\n    html: '{{ range .Alerts }}{{ .Annotations.summary }}{{ end }}'\n`],
    ["mails in a folded block", `${HEAD}data:\n  a.yml: >-\n    {{ range .Alerts }}\n\n    {{ end }}\n`],
    ["secrets", `${HEAD}users: |2\n    {{ range $user, $pass := . }}{{ $user }}\n    {{ end }}\n`],
    ["texts over several lines", `${HEAD}summary: "one\n  {{ if .x }} two\n  {{ end }}"\n`],
    ["texts with escaped quotes", `${HEAD}summary: "a \\" {{ if .x }}"\nother: 'b '' {{ end }}'\n`],
    ["a chart", `${HEAD}data:\n  name: |\n    metadata: {{ .Values.name }}\n`],
    ["comments", `${HEAD}# {{ if .Values.x }}\n`],
    ["parameters", `${HEAD}spec:\n  image: "{{inputs.parameters.image}}"\n`],
    ["blocks in lists", `${HEAD}args:\n- |\n  {{ range . }}\n- last\n`],
  ] as const)
    it(`is judged: ${what}`, () => assert.deepEqual(problemsOf(text), []));

  it("hears of its own fault when it has one", () =>
    assert.doesNotMatch(problemsOf(`${HEAD}summary: "{{ $labels.job }}"\na: b: c\n`)[0] ?? "", /helm/));
});
