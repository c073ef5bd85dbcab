import type { ContainerView } from "../../resources/pods.ts";
import { containerRule, everywhere, inProduction, limit, notApplicable, onRequest } from "../../judging/rule.ts";
import { parseImage } from "../../views/image.ts";

export const imageTagFixed = containerRule({
  id: "image-tag-fixed",
  number: "K22",
  items: [15],
  severity: "high",
  levels: everywhere,
  title: "Every image names a version",
  why: "`latest` is another program tomorrow: a restarted pod may run what nobody rolled out, and nothing can be rolled back.",
  fix: `image: "registry.example.com/order:1.4.2" // or ...@sha256:<digest>`,
  *check({ container, path }: ContainerView) {
    const { tag, digest } = parseImage(container.image);
    if (!digest && (tag === undefined || tag === "latest"))
      yield {
        path: `${path}.image`,
        found: container.image ?? "no image",
        wanted: "a tag other than latest, or a digest",
      };
  },
});

export const imageDigest = containerRule({
  id: "image-digest",
  number: "K23",
  items: [15],
  severity: "low",
  levels: onRequest,
  title: "Every image is pinned by its digest",
  why: "A tag can be moved to another image; a digest cannot.",
  fix: `image: "registry.example.com/order@sha256:<64 hex digits>"`,
  *check({ container, path }: ContainerView) {
    if (!parseImage(container.image).digest)
      yield { path: `${path}.image`, found: container.image ?? "no image", wanted: "…@sha256:<digest>" };
  },
});

export const imageRegistryAllowed = containerRule({
  id: "image-registry-allowed",
  number: "K24",
  items: [15],
  severity: "high",
  levels: inProduction,
  title: "Every image comes from an allowed registry",
  why: "An image of a stranger can change, vanish, or be limited to so many pulls an hour, which stops scaling.",
  fix: `image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/order:1.4.2"`,
  limits: { allowed: limit<readonly string[]>("beginnings of allowed image names; empty allows all", []) },
  *check({ container, path }: ContainerView, { limit: { allowed } }) {
    const image = container.image ?? "";
    if (allowed.length === 0) return notApplicable; // no list, no judgement
    if (allowed.some((prefix) => image.startsWith(prefix))) return;
    yield { path: `${path}.image`, found: image || "no image", wanted: `begins with one of ${allowed.join(", ")}` };
  },
});
