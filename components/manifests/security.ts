import type { types } from "@pulumi/kubernetes";

/** User of every image: not root, and no user of the host. */
export const USER_ID = 10001;

/** What the restricted Pod Security Standard asks of a pod; the user is that of every image of ours unless a program needs another. */
export function podSecurity(user = USER_ID): types.input.core.v1.PodSecurityContext {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    seccompProfile: { type: "RuntimeDefault" },
  };
}

/** What the restricted standard asks of a container, and a root file system nobody can write to. */
export function containerSecurity(): types.input.core.v1.SecurityContext {
  return { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } };
}

/** The only writable place of a container that keeps nothing. */
export function tempVolume(sizeLimit: string): types.input.core.v1.Volume {
  return { name: "tmp", emptyDir: { sizeLimit } };
}

/** Where `tempVolume` is seen. */
export const TEMP_MOUNT = { name: "tmp", mountPath: "/tmp" } as const;
