import { intentFor } from "../../views/intent.ts";
import { parseImage } from "../../views/image.ts";
import { containerRule, notApplicable } from "../../judging/rule.ts";
import type { ContainerView } from "../../resources/pods.ts";

export const publishedImagePinned = containerRule({
  id: "published-image-pinned",
  number: "C94",
  items: [15],
  severity: "high",
  levels: { critical: "mandatory", standard: "mandatory", dev: "disabled" }, // a laptop serves its copy under a name of its own
  title: "An image that somebody else published is pinned by its digest",
  why: "Its tag can be moved to another program any day, and the next pod that starts runs it.",
  fix: `from: { image: "registry.example.com/search:2.4@sha256:<64 hex digits>" } // slipway pin writes the digest`,
  *across({ workload, container, path }: ContainerView, { graph }) {
    const intent = intentFor(graph, workload);
    if (!intent?.published.includes(container.name ?? "")) return notApplicable;
    if (!parseImage(container.image).digest)
      yield { path: `${path}.image`, found: container.image ?? "no image", wanted: "…@sha256:<digest>" };
  },
});
