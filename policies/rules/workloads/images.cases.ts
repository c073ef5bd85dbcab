import type { Cases } from "../../testing/case.ts";

const image = "Deployment/order $c.image";
const own = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop";

// biome-ignore format: one case a line
export const cases: Cases = {
  "image-tag-fixed": { fails: { [image]: `${own}:latest` }, boundary: { [image]: "localhost:5000/shop:1" } },
  "image-digest": { fails: { [image]: `${own}:1.4.2` }, boundary: { [image]: `${own}:1.4.2@sha256:${"0".repeat(64)}` } },
  "image-registry-allowed": {
    limits: { allowed: ["123456789012.dkr.ecr."] },
    fails: { [image]: "docker.io/library/shop:1" },
    boundary: { [image]: "123456789012.dkr.ecr.us-east-1.amazonaws.com/x:1" },
  },
};
