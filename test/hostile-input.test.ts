import assert from "node:assert/strict";
import { performance } from "node:perf_hooks";
import fc from "fast-check";
import { visibleLines } from "../model/harmless/visible.ts";
import { adoptedFiles } from "./hostile-input/adopted-files.ts";
import { checkedFiles } from "./hostile-input/checked-files.ts";
import { messages } from "./hostile-input/messages.ts";
import { plansAndSettings } from "./hostile-input/plans-and-settings.ts";
import type { Reader } from "./hostile-input/reader.ts";
import { hostileText, mutated } from "./hostile-input/values.ts";

/** Inputs of each kind; more find more. */
const RUNS = Number(process.env["SLIPWAY_HOSTILE_RUNS"] ?? 60);
/** A reader may take so many times as long for four times as much, with what small inputs cost in any case. */
const GROWTH = 4 * 3;
const LEAST_MS = 10;

const UNSEEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
const COMMAND = /^\s*::[a-z][^\n]*::|##\w*\[/im;
/** How a program says that it did not expect something; nobody can mend their input by that. */
const FAULT =
  /Cannot (read|set|convert|destructure|use|mix)|is not (a function|iterable|an object|defined|extensible)|undefined \(|Invalid (array|time|count)|Maximum call stack|\n\s+at /;
/** What every object has, so that a name more is seen. */
const BUILT_IN = [Object, Array, String, Function, Map].map(({ prototype }) => [prototype, names(prototype)] as const);

function names(of: object): string {
  return Reflect.ownKeys(of).map(String).toSorted().join();
}

/** What people are shown of an input: what the reader says of it, or what the command line tells of its refusal. */
async function shown(reader: Reader, text: string): Promise<string> {
  try {
    return await reader.read(text);
  } catch (error) {
    assert.ok(error instanceof Error, "what is thrown is an error");
    assert.ok(!/^(Type|Range|Reference|URI)Error$/.test(error.name), error.stack);
    return visibleLines(error.message);
  }
}

async function isHarmless(reader: Reader, text: string): Promise<void> {
  const all = await shown(reader, text);
  for (const wrong of [UNSEEN, COMMAND, FAULT]) {
    const at = wrong.exec(all)?.index;
    assert.ok(
      at === undefined,
      `${wrong}: ${JSON.stringify(all.slice(Math.max(0, (at ?? 0) - 100), (at ?? 0) + 200))}`,
    );
  }
  for (const [prototype, before] of BUILT_IN) assert.equal(names(prototype), before, "a prototype has changed");
  assert.equal(({} as Record<string, unknown>)["polluted"], undefined);
}

async function milliseconds(reader: Reader, text: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const began = performance.now();
    await shown(reader, text);
    times.push(performance.now() - began);
  }
  return Math.min(...times);
}

/** Inputs that grow: what a reader does with every character, word, line, level or key. */
const GROWING: Readonly<Record<string, (size: number) => string>> = {
  "one long word": (size) => "x".repeat(size),
  "many words": (size) => "x ".repeat(size / 2),
  "many lines": (size) => "x: 1\n".repeat(size / 5),
  "many spaces": (size) => `${" ".repeat(size)}x`,
  "many levels": (size) => "[".repeat(size),
  "many quotes": (size) => `"${'\\"'.repeat(size / 2)}`,
  "many keys": (size) =>
    JSON.stringify(Object.fromEntries(Array.from({ length: size / 16 }, (_, at) => [`key-${at}`, at]))),
  "many control characters": (size) => JSON.stringify({ kind: "\u001b[".repeat(size / 2), apiVersion: "v1" }),
};

describe("hostile input", function () {
  this.timeout(180_000);
  for (const reader of [...adoptedFiles, ...checkedFiles, ...plansAndSettings, ...messages]) {
    const { name, samples, written = JSON.stringify } = reader;

    it(`in the place of ${name} is only text, and told apart from a fault of ours`, async () => {
      for (const sample of samples) await isHarmless(reader, written(sample));
      const inputs = fc.oneof(hostileText, ...samples.map((sample) => mutated(sample).map(written)));
      await fc.assert(
        fc.asyncProperty(inputs, (text) => isHarmless(reader, text)),
        { numRuns: RUNS * (samples.length + 1), seed: 1 },
      );
    });

    it(`takes no more than its share of time in the place of ${name}`, async () => {
      for (const [what, grown] of Object.entries(GROWING)) {
        let [little, much] = [0, Infinity];
        // A busy machine may stand still for a moment; what takes the square of its input does so every time.
        for (let attempt = 0; attempt < 3 && much >= GROWTH * Math.max(little, LEAST_MS); attempt += 1)
          [little, much] = [await milliseconds(reader, grown(5000)), await milliseconds(reader, grown(20_000))];
        assert.ok(much < GROWTH * Math.max(little, LEAST_MS), `${what}: ${little} ms, then ${much} ms`);
      }
    });
  }
});
