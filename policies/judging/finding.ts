/** A finding as people and programs read it. */

import { createHash } from "node:crypto";
import { visible } from "../../model/harmless/visible.ts";
import type { Finding } from "./inquiry.ts";
import type { Resource } from "../resources/resource.ts";

/** Where a resource, or what a finding says about it, is declared. */
export function placeOf({ source, urn, kind, namespace, name }: Resource, line?: number): string {
  const object = urn.startsWith("urn:") ? urn : [kind, namespace, name].filter(Boolean).join("/");
  return visible(source ? `${source.file}:${line ?? source.lineOf("")} ${object}` : object);
}

/** What is wrong, in one line: actual against required, the arithmetic, and what it costs. `quoted` writes what the resource says. */
export function sentence(
  { path, found, wanted, note, rule }: Finding,
  quoted = (text: string) => visible(text),
): string {
  return `${quoted(path)}: found ${quoted(found)}, wanted ${quoted(wanted)}${note ? ` (${quoted(note)})` : ""}. ${rule.why}`;
}

/** The same for the same rule and resource, whatever else changes. */
export function fingerprint({ rule, resource }: Pick<Finding, "rule" | "resource">): string {
  return createHash("sha256").update(`${rule.id}\n${resource.urn}`).digest("hex").slice(0, 32);
}
