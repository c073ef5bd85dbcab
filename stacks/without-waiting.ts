import type { ResourceTransformation } from "@pulumi/pulumi";

/** Kinds that an update waits for until their pods are ready. */
const AWAITED = /:(Deployment|StatefulSet|DaemonSet|Service)$/;

/** Lets an update end before these pods are ready: for what stands beside a system and must not delay it. */
export const withoutWaiting: ResourceTransformation = ({ type, props, opts }) => {
  if (!AWAITED.test(type)) return undefined;
  const { metadata } = props as { metadata: { annotations?: Record<string, string> } };
  return {
    props: {
      ...props,
      metadata: { ...metadata, annotations: { ...metadata.annotations, "pulumi.com/skipAwait": "true" } },
    },
    opts,
  };
};
