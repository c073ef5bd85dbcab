import type { Cases } from "../../testing/case.ts";

const OURS = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop";

// biome-ignore format: one case a line
export const cases: Cases = {
  "published-image-pinned": {
    given: { "Microservice/order plan.source": { kind: "image", reference: `${OURS}:2.4` } },
    fails: { "Deployment/order $c.image": `${OURS}:2.4` },
    boundary: { "Deployment/order $c.image": `${OURS}:2.4@sha256:${"a".repeat(64)}` },
  },
};
