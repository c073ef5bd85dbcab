/** What all objects of the good system have in common. */

import type { Props } from "../../resources/resource.ts";

export const NAMESPACE = "shop";

/** Labels of a service's objects and pods. */
export function labelsOf(name: string): Record<string, string> {
  return {
    "app.kubernetes.io/name": name,
    "app.kubernetes.io/part-of": "shop",
    "app.kubernetes.io/component": "service",
    "app.kubernetes.io/version": "1",
    "slipway.dev/owner": "shop-team",
  };
}

/** Chooses the pods of one service. */
export const podsOf = (name: string): object => ({ matchLabels: { "app.kubernetes.io/name": name } });

/** An object of the system's namespace; `rest` is everything below its metadata. */
export function object(apiVersion: string, kind: string, name: string, rest: object): Props {
  return { apiVersion, kind, metadata: { name, namespace: NAMESPACE, labels: labelsOf(name) }, ...rest };
}

/** An object that belongs to no namespace. */
export function clusterObject(apiVersion: string, kind: string, name: string, rest: object): Props {
  return { apiVersion, kind, metadata: { name }, ...rest };
}
