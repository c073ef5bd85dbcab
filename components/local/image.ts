import type { ImageConnection } from "../platform.ts";

/** An image that was built on this machine; its tag is the hash of everything that went into it. */
export function connectImage(reference: string): ImageConnection {
  const version = reference.slice(reference.lastIndexOf(":") + 1);
  return { reference, version };
}
