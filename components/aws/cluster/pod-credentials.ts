import type { Resource } from "@pulumi/pulumi";
import type { RightsConnection } from "../../platform.ts";

/** Where the agent of Pod Identity answers on every node; credentials come from there and from nowhere else. */
export const POD_IDENTITY_AGENT = "169.254.170.23";
/** Name, folder and life as the cluster's own webhook would write them (aws/amazon-eks-pod-identity-webhook), so that it has nothing to add. */
const VOLUME = "eks-pod-identity-token";
const FOLDER = "/var/run/secrets/pods.eks.amazonaws.com/serviceaccount";
const AUDIENCE = "pods.eks.amazonaws.com";
const LIFE_SECONDS = 86_400;

/**
 * Credentials of a role by Pod Identity, declared instead of injected: the webhook injects nothing into a pod that is admitted
 * before the association has spread, and such a pod could never log in. The agent is asked when credentials are needed, and
 * again a moment later.
 */
export function podCredentials(association: Resource, region: string): RightsConnection {
  return {
    env: [
      { name: "AWS_REGION", value: region },
      { name: "AWS_CONTAINER_CREDENTIALS_FULL_URI", value: `http://${POD_IDENTITY_AGENT}/v1/credentials` },
      { name: "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", value: `${FOLDER}/${VOLUME}` },
    ],
    files: [
      {
        mounts: [{ name: VOLUME, mountPath: FOLDER, readOnly: true }],
        volume: {
          name: VOLUME,
          projected: {
            sources: [{ serviceAccountToken: { audience: AUDIENCE, expirationSeconds: LIFE_SECONDS, path: VOLUME } }],
          },
        },
      },
    ],
    ready: [association],
  };
}
