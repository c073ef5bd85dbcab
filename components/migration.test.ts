import assert from "node:assert/strict";
import { planSystem } from "../model/plan.ts";
import type { System } from "../model/system.ts";
import { fact, secret } from "../model/words/value.ts";
import { awsAnswers } from "../test/aws-answers.ts";
import { registered } from "../test/golden.ts";
import { GOLDEN_PLATFORM } from "../test/golden-platform.ts";
import { mandatoryFindings } from "../test/judged.ts";
import { recordResources } from "../test/record-resources.ts";
import type { Service } from "../model/words/service.ts";
import { System as SystemComponent } from "./system.ts";

/** A program on a JVM that has its tables changed by a command of its own image. */
const catalog: Service = {
  purpose: "a test",
  tier: "standard",
  from: { image: `example.com/catalog:1@sha256:${"0".repeat(64)}` },
  answers: { http: { protocol: "http", listens: 8080 } },
  health: "spring",
  slo: { declined: "a test" },
  uses: { books: { may: "write" } },
  migration: { run: ["flyway", "migrate"] },
  needs: { startsWithin: "3m", memory: "512Mi", writes: ["/var/flyway"], user: 1234 },
  reads: { DATABASE: fact("books", "jdbc") },
  files: { "/etc/flyway/flyway.conf": { text: "flyway.locations=classpath:db" }, "/etc/flyway/key": secret("key") },
  routes: [{ path: "/books", access: "anyone" }],
};
const systemOf = (change: Partial<Service> = {}): System => ({
  name: "shop",
  purpose: "a test",
  owner: "team",
  stores: { books: { kind: "postgres", keeps: "every write" } },
  services: { catalog: { ...catalog, ...change } },
  entry: { rateLimit: { perSecond: 1, burst: 1 }, maxBody: "1Ki" },
});

interface Job {
  readonly backoffLimit: number;
  readonly activeDeadlineSeconds: number;
  readonly template: {
    readonly spec: {
      readonly securityContext: { readonly runAsUser: number };
      readonly containers: readonly [
        {
          readonly resources: { readonly limits: { readonly memory: string } };
          readonly volumeMounts: readonly { readonly mountPath: string }[];
        },
      ];
    };
  };
}

async function migrationOf(system: System): Promise<Job> {
  const resources = await recordResources(
    "dev",
    (parent) => {
      const plan = planSystem(system, "dev");
      new SystemComponent(plan.name, { plan, platform: GOLDEN_PLATFORM.dev(plan, parent) }, { parent });
    },
    awsAnswers,
  );
  const job = resources.find(({ type, name }) => type.endsWith(":Job") && name === "shop-catalog-migration");
  return (job?.inputs as { readonly spec: Job }).spec;
}

describe("the migration before a rollout", function () {
  this.timeout(60_000);

  it("gets the memory, the user, the folders and the files that its program has", async () => {
    const { template } = await migrationOf(systemOf());
    const [container] = template.spec.containers;
    assert.equal(template.spec.securityContext.runAsUser, 1234);
    assert.equal(container.resources.limits.memory, "512Mi");
    assert.deepEqual(
      container.volumeMounts.map(({ mountPath }) => mountPath),
      ["/tmp", "/var/flyway", "/etc/flyway/flyway.conf", "/etc/flyway/key"],
    );
  });

  it("may take 90 s for each of three attempts, and as long as its program takes to start beside", async () => {
    const { backoffLimit, activeDeadlineSeconds } = await migrationOf(systemOf());
    assert.deepEqual([backoffLimit, activeDeadlineSeconds], [2, (90 + 180) * 3]);
    assert.equal((await migrationOf(systemOf({ needs: {} }))).activeDeadlineSeconds, 90 * 3);
  });

  it("takes the time that the description says", async () => {
    const migration = { run: ["flyway", "migrate"], endsWithin: "20m" };
    assert.equal((await migrationOf(systemOf({ migration }))).activeDeadlineSeconds, 1200 * 3);
  });

  for (const stage of ["dev", "prod"] as const)
    it(`breaks no mandatory policy on ${stage}`, async () => {
      assert.deepEqual(mandatoryFindings(await registered({ system: systemOf(), stage }), stage), []);
    });
});
