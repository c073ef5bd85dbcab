import assert from "node:assert/strict";
import { answerBases, type Sources } from "./answer.ts";
import { type BaseName, baseName, fullName, shortName } from "./base-name.ts";
import { localBases } from "./local-bases.ts";

describe("names of base images", () => {
  it("are spelled out as every builder does", () => {
    const cases = {
      python: "docker.io/library/python:latest",
      "python:3.11-slim": "docker.io/library/python:3.11-slim",
      "bitnami/redis:7": "docker.io/bitnami/redis:7",
      "localhost/x": "localhost/x:latest",
      "127.0.0.1:5000/a/b:1": "127.0.0.1:5000/a/b:1",
      "gcr.io/distroless/static-debian12:nonroot": "gcr.io/distroless/static-debian12:nonroot",
      "index.docker.io/library/node:24": "docker.io/library/node:24",
    };
    for (const [text, full] of Object.entries(cases)) assert.equal(fullName(baseName(text) as BaseName), full);
    assert.equal(shortName(baseName("docker.io/library/python:3.11") as BaseName), "python:3.11");
    assert.equal(shortName(baseName("python") as BaseName), "python");
  });

  for (const text of ["", "Python:3", "a b", "$X", "../x", "x:", "a@sha256:12"])
    it(`are refused where they are none: ${JSON.stringify(text)}`, () => assert.equal(baseName(text), undefined));
});

describe("bases of a Dockerfile", () => {
  const nothing: Sources = { table: {}, local: [], answers: async () => false };
  const here = async (): Promise<Sources> => ({ ...nothing, local: await localBases() });

  it("come from their registry where it answers", async () => {
    const answers = await answerBases(["python:3.12-slim"], {
      ...(await here()),
      answers: async (host) => host === "docker.io",
    });
    assert.deepEqual(answers.get("python:3.12-slim"), { kind: "registry" });
  });

  it("are made here under their very name and version where no registry answers", async () => {
    const names = [
      "python:3.11-slim",
      "node:24",
      "debian:bookworm-slim",
      "eclipse-temurin:21-jre",
      "maven:3-eclipse-temurin-17",
    ];
    const answers = await answerBases(names, await here());
    assert.deepEqual(
      [...answers.values()].map(({ kind }) => kind),
      names.map(() => "local"),
    );
  });

  for (const name of [
    "python:3.12-slim",
    "python:3",
    "python",
    "node:22",
    "debian:trixie",
    "eclipse-temurin:17-jre",
    "golang:1.20",
  ])
    it(`are never another version under that name: ${name}`, async () => {
      await assert.rejects(
        answerBases([name], await here()),
        /versions that exist here are (python|node|debian|eclipse-temurin|golang):/,
      );
    });

  it("that are pinned by a digest are nobody else's", async () => {
    const pinned = `python:3.11@sha256:${"a".repeat(64)}`;
    await assert.rejects(answerBases([pinned], await here()), /named by its digest cannot be made here/);
  });

  it("come from the machine's table first, by their name or by the longest beginning of it", async () => {
    const table = {
      "docker.io/": "mirror.example.com/hub/",
      "docker.io/library/": "mirror.example.com/library/",
      "docker.io/library/redis:7": "mirror.example.com/valkey:8",
    };
    const answers = await answerBases(["redis:7", "python:3.12", "bitnami/x:1"], { ...nothing, table });
    assert.deepEqual(Object.fromEntries(answers), {
      "redis:7": { kind: "image", reference: "mirror.example.com/valkey:8" },
      "python:3.12": { kind: "image", reference: "mirror.example.com/library/python:3.12" },
      "bitnami/x:1": { kind: "image", reference: "mirror.example.com/hub/bitnami/x:1" },
    });
  });

  it("that cannot be had are told all at once, with where to say where they are", async () => {
    await assert.rejects(answerBases(["python:3.12", "alpine:3", "No Name"], await here()), (error: Error) => {
      assert.match(
        error.message,
        /^3 base images cannot be had:\n.*python:3\.12.*\n.*alpine:3.*\n.*"No Name" is no name/,
      );
      assert.match(error.message, /Next: say in \.slipway\/bases\.yaml/);
      return true;
    });
  });
});
