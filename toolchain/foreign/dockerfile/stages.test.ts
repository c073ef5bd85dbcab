import assert from "node:assert/strict";
import { imagesNamed, lastStage, stagesOf } from "./stages.ts";

const images = (text: string, target?: string, args?: Record<string, string>) =>
  imagesNamed(stagesOf(text, args), target);

describe("images that a Dockerfile names", () => {
  it("are those of FROM, of COPY --from and of mounts, each once, and no stage of its own", () => {
    const text = `# syntax=docker/dockerfile:1
FROM --platform=$BUILDPLATFORM python:3.11 AS Build
RUN --mount=type=cache,target=/root/.cache \\
    --mount=type=bind,from=tools:2,source=/a,target=/b pip install x
FROM python:3.11
COPY --link --from=build /a /a
COPY --from=0 /b /b
COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/
FROM scratch
COPY --from=1 / /
`;
    assert.deepEqual(images(text), ["python:3.11", "tools:2", "ghcr.io/astral-sh/uv:0.9"]);
  });

  it("are not those of stages that nothing leads to", () => {
    const text = "FROM node:24 AS build\nFROM python:3.12 AS tests\nRUN x\nFROM build\nRUN y\n";
    assert.deepEqual(images(text), ["node:24"]);
    assert.deepEqual(images(text, "tests"), ["python:3.12"]);
  });

  it("have the values of ARGs that stand before the first FROM, the given ones first", () => {
    const text =
      'ARG VERSION="3.11"\nARG NAME=python:${VERSION}\nARG KIND\nFROM ${NAME}${KIND:+-$KIND}\nARG VERSION=9\n';
    assert.deepEqual(images(text), ["python:3.11"]);
    assert.deepEqual(images(text, undefined, { VERSION: "3.12", KIND: "slim" }), ["python:3.12-slim"]);
    assert.deepEqual(images("FROM x-${TARGETARCH:-none}:${A:-$TARGETOS}\n"), [
      `x-${process.arch === "arm64" ? "arm64" : "amd64"}:linux`,
    ]);
  });

  it("are not what stands in a text that is only written to a file", () => {
    assert.deepEqual(images("FROM node:24\nRUN <<EOF\nFROM evil:1\nEOF\nCOPY <<EOF /x\nFROM evil:2\nEOF\n"), [
      "node:24",
    ]);
  });

  it("of a stage that is not there cannot be told: the stages that are there are named", () => {
    assert.throws(
      () => images("FROM a AS one\nFROM b AS two\n", "three"),
      /no stage "three"\.\nNext: write one of one, two/,
    );
    assert.throws(() => images("FROM a\n", "three"), /leave "target" out/);
    assert.equal(lastStage(stagesOf("FROM a\nFROM b\n"), "0")?.from, "a");
  });
});
