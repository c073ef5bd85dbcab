import assert from "node:assert/strict";
import { stagesOf } from "./stages.ts";
import { whatItSays } from "./what-it-says.ts";

describe("what a Dockerfile says of its program", () => {
  const say = (text: string, target?: string) => whatItSays(stagesOf(text), target);

  it("is what the last stage and those it starts from say", () => {
    const said = say(`FROM maven:3 AS build
EXPOSE 1
USER nobody
FROM eclipse-temurin:21-jre AS run
EXPOSE 8080/tcp 5005 53/udp $PORT
ENV A=1 B="two words"
CMD ["never"]
WORKDIR /app
FROM run
USER 1000:1000
ENTRYPOINT ["java", "-jar", "/app.jar"]
`);
    assert.deepEqual(said, {
      base: "eclipse-temurin:21-jre",
      user: "1000:1000",
      ports: [5005, 8080],
      entrypoint: ["java", "-jar", "/app.jar"],
      command: undefined,
      folder: "/app",
      variables: { A: "1", B: "two words" },
    });
    assert.deepEqual(say("FROM a AS x\nEXPOSE 1\nFROM b\n", "x").ports, [1]);
  });

  it("tells a command that needs a shell from one that does not", () => {
    assert.equal(say("FROM a\nCMD uvicorn main:app --port 80\n").command, "uvicorn main:app --port 80");
    assert.deepEqual(say('FROM a\nCMD ["uvicorn"]\n').command, ["uvicorn"]);
  });

  it("leaves open what only the base decides", () => {
    const { user, ports, entrypoint, base } = say("FROM nginx\n");
    assert.deepEqual(
      { user, ports, entrypoint, base },
      { user: undefined, ports: [], entrypoint: undefined, base: "nginx" },
    );
  });
});
