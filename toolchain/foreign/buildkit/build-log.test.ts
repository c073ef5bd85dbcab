import assert from "node:assert/strict";
import { BuildLog } from "./build-log.ts";

function fault(text: string): string {
  const log = new BuildLog();
  for (const line of text.split("\n")) log.read(line);
  return log.fault("/src/shop/Dockerfile")?.message ?? "";
}

describe("a Dockerfile that does not build", () => {
  it("is told with its line, the step, its last lines and its exit code", () => {
    const message = fault(`#5 [build 2/4] WORKDIR /app
#5 CACHED
#7 [build 3/4] RUN npm ci
#7 0.771 npm error code EUSAGE
#7 0.772 \u001b[31mred\u001b[0m \u001b]0;title\u0007
#7 ERROR: process "/bin/sh -c npm ci" did not complete successfully: exit code: 3
------
Dockerfile:10
--------------------
error: failed to solve: process "/bin/sh -c npm ci" did not complete successfully: exit code: 3`);
    assert.match(
      message,
      /^\/src\/shop\/Dockerfile, line 10: step "\[build 3\/4\] RUN npm ci" ended with exit code 3\. Its last lines:\n {2}npm error code EUSAGE\n {2}red /,
    );
    assert.ok(!message.includes("\u001b"), "nothing a terminal obeys");
    assert.match(message, /\nNext: mend the step/);
  });

  it("says what a COPY misses", () => {
    const message = fault(`#6 [2/3] COPY missing.txt /
#6 ERROR: failed to calculate checksum of ref a::b: "/missing.txt": not found
Dockerfile:2
error: failed to solve: failed to compute cache key: "/missing.txt": not found`);
    assert.match(message, /line 2: step "\[2\/3\] COPY missing\.txt \/" failed: .*"\/missing\.txt": not found\.\nNext/);
  });

  it("says where it cannot even be read", () => {
    const message = fault(
      "Dockerfile:3\nerror: failed to solve: dockerfile parse error on line 3: unknown instruction: RUNN",
    );
    assert.match(
      message,
      /^\/src\/shop\/Dockerfile, line 3 cannot be built: dockerfile parse error on line 3: unknown instruction: RUNN/,
    );
  });

  it("says so when a step was killed for memory", () => {
    assert.match(fault("#7 [1/1] RUN x\n#7 ERROR: exit code: 137"), /Next: give the machine more memory/);
  });

  it("is not blamed when the builder itself fails", () => {
    const log = new BuildLog();
    log.read("error: connection refused");
    assert.equal(log.fault("/x"), undefined);
  });
});
