import assert from "node:assert/strict";
import type { Props } from "../resources/resource.ts";
import { remedyFor } from "./remedies.ts";

describe("remedies", () => {
  const deployment = (): Props => ({
    spec: {
      template: {
        spec: { terminationGracePeriodSeconds: 45, containers: [{ name: "a", ports: [{ containerPort: 80 }] }] },
      },
    },
  });

  it("fill in safe defaults and nothing else", () => {
    assert.deepEqual(remedyFor("Deployment")?.(deployment()), {
      spec: {
        strategy: { rollingUpdate: { maxUnavailable: 0 } },
        template: {
          spec: {
            terminationGracePeriodSeconds: 45,
            securityContext: { seccompProfile: { type: "RuntimeDefault" } },
            containers: [
              {
                name: "a",
                ports: [{ containerPort: 80 }],
                securityContext: { allowPrivilegeEscalation: false },
                lifecycle: { preStop: { sleep: { seconds: 8 } } },
              },
            ],
          },
        },
      },
    });
    assert.deepEqual(remedyFor("aws:rds/instance:Instance")?.({ engine: "mariadb" }), {
      engine: "mariadb",
      deletionProtection: true,
      enabledCloudwatchLogsExports: ["audit", "error", "general", "slowquery"],
    });
  });

  it("never change what somebody decided, and are silent when nothing is missing", () => {
    const decided = remedyFor("Deployment")?.(deployment());
    assert.ok(decided);
    assert.equal(remedyFor("Deployment")?.(structuredClone(decided)), undefined);
    assert.equal(remedyFor("aws:rds/instance:Instance")?.({ deletionProtection: false, engine: "oracle" }), undefined);
    assert.equal(remedyFor("Service"), undefined);
  });

  it("add no sleep that does not fit into the grace period", () => {
    const short = {
      spec: {
        strategy: { type: "Recreate" },
        template: { spec: { terminationGracePeriodSeconds: 5, containers: [{ ports: [{}] }] } },
      },
    };
    assert.equal(JSON.stringify(remedyFor("Deployment")?.(short)).includes("preStop"), false);
  });
});

describe("remedies behind the engine's proxies", () => {
  it("still work: arrays there cannot be mapped", async () => {
    const { unknownCheckingProxy } = await import("@pulumi/policy");
    const props = { spec: { template: { spec: { containers: [{ name: "a", ports: [{ containerPort: 80 }] }] } } } };
    assert.ok(remedyFor("Deployment")?.(unknownCheckingProxy(props) as Props));
    assert.deepEqual(props.spec.template.spec.containers[0], {
      name: "a",
      ports: [{ containerPort: 80 }],
      securityContext: { allowPrivilegeEscalation: false },
      lifecycle: { preStop: { sleep: { seconds: 8 } } },
    });
  });
});
