import assert from "node:assert/strict";
import { addText, emptyInput, type Input } from "./input.ts";

function read(text: string, file = "a.yaml"): Input {
  const input = emptyInput();
  addText(input, text, file);
  return input;
}

const problems = (text: string, file?: string): string[] => read(text, file).problems.map(({ message }) => message);

describe("reading what the engine writes", () => {
  const urn = "urn:pulumi:prod::p::kubernetes:apps/v1:Deployment::order";
  const state = { urn, type: "kubernetes:apps/v1:Deployment", inputs: { spec: { replicas: 1 } } };
  const found = (document: object): unknown[] =>
    read(JSON.stringify(document)).resources.map((resource) => [resource.urn, resource.kind, resource.props]);

  for (const [what, document] of Object.entries({
    preview: {
      steps: [
        { op: "create", urn, newState: state },
        { op: "delete", urn: "urn:x::y::a:b:C::d" },
      ],
    },
    state: {
      version: 3,
      deployment: {
        resources: [state, { urn: "urn:pulumi:prod::p::pulumi:pulumi:Stack::p", type: "pulumi:pulumi:Stack" }],
      },
    },
    "saved plan": { resourcePlans: { [urn]: { goal: { type: state.type, inputDiff: { adds: state.inputs } } } } },
  }))
    it(`finds the resources of a ${what}`, () =>
      assert.deepEqual(found(document), [
        [urn, "Deployment", { apiVersion: "apps/v1", kind: "Deployment", spec: { replicas: 1 } }],
      ]));

  it("finds the line of an input, an output, or the resource that has neither", () => {
    const text = JSON.stringify(
      {
        deployment: {
          resources: [
            { urn: "urn:x", delete: true },
            {
              urn: "urn:pulumi:prod::p::aws:rds/instance:Instance::db",
              type: "aws:rds/instance:Instance",
              inputs: { engine: "mariadb" },
              outputs: { engine: "mariadb", address: "a" },
            },
          ],
        },
      },
      null,
      1,
    );
    const [resource] = read(text, "state.json").resources;
    const at = (words: string): number => text.slice(0, text.indexOf(words)).split("\n").length;
    assert.deepEqual(
      ["engine", "address", "multiAz"].map((path) => resource?.source?.lineOf(path)),
      [at(`"engine"`), at(`"address"`), at(`"inputs"`)],
    );
  });

  it("finds the resources of an event log", () => {
    const lines = [
      { sequence: 1 },
      { resourcePreEvent: { metadata: { op: "create", urn, type: state.type, new: state } } },
    ]
      .map((line) => JSON.stringify(line))
      .join("\n");
    assert.equal(read(lines).resources[0]?.urn, urn);
  });

  it("says so when they are not as the engine writes them", () => {
    for (const document of [{ deployment: { resources: [null] } }, { steps: [null] }, { resourcePlans: { x: null } }])
      assert.match(problems(JSON.stringify(document))[0] ?? "", /a\.yaml:1:1: looks like a plan or a state/);
  });

  it("never opens a secret", () => {
    const [resource] = read(
      JSON.stringify({ steps: [{ op: "create", urn, newState: { ...state, inputs: { data: "[secret]" } } }] }),
    ).resources;
    assert.throws(() => (resource?.props as { data: unknown }).data, /is a secret/);
  });
});
