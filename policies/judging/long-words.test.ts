import assert from "node:assert/strict";
import { resourcesOf } from "../cases/cases.ts";
import { Graph } from "../resources/graph.ts";
import type { Props } from "../resources/resource.ts";
import { RULES } from "../rules.ts";
import { judge } from "./judge.ts";
import { blot } from "./mask.ts";

const MIB = 2 ** 20;
const MOST_MS = 3000; // for all rules over a word in four places; a pattern that reads it again from each letter needs minutes

/** What words are made of that some pattern might read from every letter again. */
const ALPHABETS = [
  "0123456789abcdef",
  "aZ09+/",
  "a.",
  "a-",
  "a_",
  "eyJ-",
  "ghp_a",
  "-----BEGIN ",
  '"a',
  '"a":',
  "a=",
  "://",
  "a://b:",
  "a@",
  "$(",
  "{{",
  " ",
  "\n",
  "\na: ",
  "\t",
  "-",
  "password",
  "password: ",
  "password=",
  "a=b;",
  "a,",
  "alert: ",
];

function objects(word: string): Props[] {
  const metadata = { name: "a", namespace: "b" };
  const env = ["DATABASE_URL", "API_KEY", "NOTE"].map((name) => ({ name, value: word }));
  const container = { name: "a", image: "a:1", env, args: [word, `--token=${word}`] };
  const template = { metadata: { labels: { a: "b" } }, spec: { containers: [container] } };
  return [
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata,
      data: { "a.yaml": word, "alertmanager.yml": word, "server.properties": word, NOTE: word },
    },
    { apiVersion: "v1", kind: "Secret", metadata, stringData: { token: word }, data: { key: word } },
    { apiVersion: "apps/v1", kind: "Deployment", metadata, spec: { selector: { matchLabels: { a: "b" } }, template } },
  ];
}

describe("words of a mebibyte", () => {
  for (const alphabet of ALPHABETS)
    it(`are judged in linear time: ${JSON.stringify(alphabet)}`, function () {
      this.timeout(600_000);
      const word = alphabet.repeat(MIB / alphabet.length);
      const resources = resourcesOf(objects(word));
      const start = process.cpuUsage();
      const { doubts } = judge(new Graph(resources), RULES, { tier: "standard", facts: {} });
      blot(word, resources);
      const took = process.cpuUsage(start).user / 1000;
      assert.deepEqual(
        doubts.filter(({ broken }) => broken).map(({ reason }) => reason.slice(0, 200)),
        [],
      );
      assert.ok(took < MOST_MS, `${Math.round(took)} ms`);
    });
});
