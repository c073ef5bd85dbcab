import assert from "node:assert/strict";
import { addText, emptyInput, type Input } from "./input.ts";

function read(text: string, file = "a.yaml"): Input {
  const input = emptyInput();
  addText(input, text, file);
  return input;
}

const problems = (text: string, file?: string): string[] => read(text, file).problems.map(({ message }) => message);

const names = (text: string): string[] =>
  read(text).resources.map(({ kind, namespace, name }) => `${kind}/${namespace}/${name}`);

describe("reading manifests", () => {
  it("reads every document of a file, with the line on which it begins", () => {
    const { resources } = read(
      "# first\nkind: Pod\napiVersion: v1\nmetadata: { name: a }\n---\n\nkind: Service\napiVersion: v1\nmetadata: { name: b, namespace: n }\n---\n",
    );
    assert.deepEqual(
      resources.map(({ kind, name, source }) => [kind, name, source?.lineOf("")]),
      [
        ["Pod", "a", 2],
        ["Service", "b", 7],
      ],
    );
  });

  it("opens lists, also those of one kind whose items leave it out", () => {
    assert.deepEqual(
      names(`{"kind":"List","apiVersion":"v1","items":[{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"}}]}`),
      ["Pod/default/a"],
    );
    assert.deepEqual(names("kind: DeploymentList\napiVersion: apps/v1\nitems:\n  - metadata: { name: a }\n"), [
      "Deployment/default/a",
    ]);
  });

  it("keeps objects of foreign groups apart from those it knows", () => {
    assert.deepEqual(names("kind: Service\napiVersion: serving.knative.dev/v1\nmetadata: { name: a }\n"), [
      "serving.knative.dev/Service/default/a",
    ]);
  });

  it("says where a key stands twice, and reads the other documents", () => {
    const input = read("kind: Pod\napiVersion: v1\nmetadata: { name: a }\n---\nkind: Pod\nkind: Pod\n");
    assert.deepEqual(
      input.problems.map(({ message }) => message),
      ['a.yaml:6:1: duplicated mapping key "kind"'],
    );
    assert.equal(input.resources.length, 1);
  });

  it("says what is wrong with YAML that cannot be read", () => {
    assert.match(problems("a: [1\n")[0] ?? "", /^a\.yaml:2:1: /);
    assert.match(problems("kind: Pod\n\tx: 1\n")[0] ?? "", /tab/);
    assert.match(problems("a: !ruby/object 1\n")[0] ?? "", /unknown tag/);
  });

  it("knows Kustomizations that are not rendered", () => {
    for (const [text, file] of [
      ["kind: Kustomization\napiVersion: kustomize.config.k8s.io/v1beta1\n", "a.yaml"],
      ["resources: [a.yaml]\n", "deploy/kustomization.yaml"],
    ] as const)
      assert.match([...read(text, file).skipped.keys()][0] ?? "", /kubectl kustomize/);
  });

  it("refuses aliases without end and aliases that explode", () => {
    assert.match(problems("kind: A\napiVersion: v1\ndata: &a\n  b: *a\n")[0] ?? "", /no end/);
    const bomb = [
      "a: &a [x,x,x,x,x,x,x,x,x]",
      ..."bcdefghi"
        .split("")
        .map(
          (name, index) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${"abcdefgh"[index]}`).join(",")}]`,
        ),
    ];
    assert.match(problems(bomb.join("\n"))[0] ?? "", /beyond all measure/);
    assert.deepEqual(problems("kind: A\napiVersion: v1\na: &x { b: 1 }\nc: { <<: *x }\n"), []);
  });

  it("reads one list of 100,000 objects in which some line holds a star", () => {
    const item = (index: number): string =>
      `- apiVersion: v1\n  kind: Service\n  metadata: { name: s${index}, labels: { a: b } }\n  spec: { ports: [{ port: 80 }], selector: { a: b } }\n`;
    const list = `apiVersion: v1\nkind: List\nmetadata: { annotations: { cron: "*/5 * * * *" } }\nitems:\n${Array.from({ length: 100_000 }, (_, index) => item(index)).join("")}`;
    const { resources, problems: refused } = read(list);
    assert.deepEqual([resources.length, refused], [100_000, []]);
  }).timeout(60_000);

  it("counts what it does not judge", () => {
    assert.deepEqual([...read("hello\n---\nversion: 3\n").skipped], [["document that is no Kubernetes object", 2]]);
    assert.deepEqual([...read("").skipped], [["empty file", 1]]);
    assert.match(problems("a\u0000b")[0] ?? "", /binary/);
  });

  it("says where a key stands twice in JSON, of every place, and reads the other files", () => {
    const input = read(
      `{\n  "kind": "Pod", "apiVersion": "v1",\n  "metadata": { "name": "a",\n    "name": "b\\"}" },\n  "kind": "Pod"\n}`,
      "a.json",
    );
    assert.deepEqual(
      [input.problems.map(({ message }) => message), input.resources.length],
      [[`a.json:4:5: duplicated key "name"`, `a.json:5:3: duplicated key "kind"`], 0],
    );
    assert.deepEqual(problems(`{"a":1}\n\n{"a":{"b":1,"b":2}}`), [`a.yaml:3:13: duplicated key "b"`]);
    assert.deepEqual(problems(`[{"a":"a","b":{"a":["a","a"]}},{"a":1,"A":2,"\\u0061b":1}]`), []);
  });

  it("refuses nesting without measure", () => {
    for (const [text, file] of [
      [`{"kind":"Pod","apiVersion":"v1","spec":${"[".repeat(20_000)}${"]".repeat(20_000)}}`, "a.json"],
      [`kind: Pod\napiVersion: v1\nspec: ${"[".repeat(20_000)}${"]".repeat(20_000)}`, "a.yaml"],
    ] as const) {
      const input = read(text, file);
      assert.deepEqual([input.resources.length, input.problems.length], [0, 1]);
      assert.match(input.problems[0]?.message ?? "", /:\d+:\d+: nest/);
    }
  });

  it("reads files that begin with a byte order mark", () => {
    for (const text of [
      `{"kind":"Pod","apiVersion":"v1","metadata":{"name":"a"}}`,
      "kind: Pod\napiVersion: v1\nmetadata: { name: a }\n",
    ])
      assert.deepEqual(names(`\uFEFF${text}`), ["Pod/default/a"]);
  });

  it("places errors in JSON, and quotes none of it", () => {
    for (const [text, place] of [
      [`{\n  "kind": }`, "2:11"],
      [`{\n "a": [1, hunter2]}`, "2:11"],
      [`{"a":1\n"b":2}`, "2:1"],
      [`{"a": 1,\n}`, "2:1"],
      [`[1,\n`, "2:1"],
      [`{"a": // x\n1}`, "1:7"],
      [`{"a": 'x'}`, "1:7"],
      [`{"a": 01}`, "1:8"],
    ] as const) {
      const [problem] = problems(text, "a.json");
      assert.match(problem ?? "", new RegExp(`^a\\.json:${place}: no JSON: (?!.*hunter)`), text);
    }
  });
});

describe("the line of a property", () => {
  const lines = (text: string, file: string, ...paths: string[]): (number | undefined)[][] =>
    read(text, file).resources.map(({ source }) => paths.map((path) => source?.lineOf(path)));

  it("is found in YAML, whatever the style, and is that of the nearest parent when the property is missing", () => {
    const text = `# first\n---\nkind: Pod\napiVersion: v1\nmetadata:\n  annotations: { a: b,\n    "c.d/e": f }\nspec:\n  containers:\n  - name: x\n    env:\n\n    - {name: A,\n       value: "1"}\n  - image: |\n      y\n    args: [ 1,\n      2 ]\n`;
    assert.deepEqual(
      lines(
        text,
        "a.yaml",
        "",
        `metadata.annotations["c.d/e"]`,
        "spec.containers[0].name",
        "spec.containers[0].env[0].value",
        "spec.containers[1].args[1]",
        "spec.containers[1].resources.limits.cpu",
        "spec.containers[7].image",
        "status.phase",
      ),
      [[3, 7, 10, 14, 18, 15, 9, 3]],
    );
  });

  it("is found in later documents and in items of lists", () => {
    assert.deepEqual(
      lines(
        "kind: Pod\napiVersion: v1\n---\nkind: List\napiVersion: v1\nitems:\n- kind: Pod\n  apiVersion: v1\n- kind: Service\n  apiVersion: v1\n  spec:\n    type: NodePort\n",
        "a.yaml",
        "",
        "spec.type",
      ),
      [
        [1, 1],
        [7, 7],
        [9, 12],
      ],
    );
  });

  it("is found in JSON", () => {
    assert.deepEqual(
      lines(
        `\n{ "kind": "List", "apiVersion": "v1",\n "items": [\n {"kind":"Pod","apiVersion":"v1","note":"}\\"{[,",\n "spec":\n { "a" : [ 1, {}, [],\n 2 ] } } ] }`,
        "a.json",
        "",
        "spec.a[3]",
        "spec.a[9]",
        "spec.b",
      ),
      [[4, 7, 6, 5]],
    );
    assert.deepEqual(
      lines(`{"kind":"Pod","apiVersion":"v1"}\n\n{"kind":"Pod","apiVersion":"v1"}`, "a.json", "", "spec"),
      [
        [1, 1],
        [3, 3],
      ],
    );
  });
});

describe("objects that name no namespace", () => {
  it("go where the reader says, and those that name one stay there", () => {
    const input = emptyInput("shop");
    const object = (name: string, more = ""): string =>
      `kind: Service\napiVersion: v1\nmetadata: { name: ${name}${more} }\n`;
    addText(
      input,
      `${object("a")}---\n${object("b", ", namespace: tools")}---\nkind: Namespace\napiVersion: v1\nmetadata: { name: shop }\n`,
      "a.yaml",
    );
    assert.deepEqual(
      input.resources.map(({ namespace, name }) => `${namespace}/${name}`),
      ["shop/a", "tools/b", "/shop"],
    );
  });
});
