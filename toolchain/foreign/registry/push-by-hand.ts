import { createHash } from "node:crypto";

const sha = (data: string | Uint8Array) => `sha256:${createHash("sha256").update(data).digest("hex")}`;

/** Pushes an image of these layers as clients of registries do, for tests; returns its digest. `reference` is `host:port/path:tag`. */
export async function pushByHand(reference: string, layers: readonly Uint8Array[], config: object): Promise<string> {
  const [, host, path, tag] = /^([^/]+)\/(.+):([^:]+)$/.exec(reference) ?? [];
  const base = `http://${host}/v2/${path}`;
  const blob = async (data: Uint8Array, mediaType: string) => {
    const digest = sha(data);
    const begun = await fetch(`${base}/blobs/uploads/`, { method: "POST" });
    if (begun.status !== 202) throw new Error(`push answered ${begun.status}`);
    const place = `http://${host}${begun.headers.get("location")}`;
    await fetch(place, { method: "PATCH", body: data.slice(0, 10) });
    const done = await fetch(`${place}?digest=${digest}`, { method: "PUT", body: data.slice(10) });
    if (done.status !== 201) throw new Error(`push answered ${done.status}: ${await done.text()}`);
    return { mediaType, digest, size: data.length };
  };
  const text = { ...config, rootfs: { type: "layers", diff_ids: layers.map(sha) } };
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    config: await blob(Buffer.from(JSON.stringify(text)), "application/vnd.oci.image.config.v1+json"),
    layers: await Promise.all(layers.map((layer) => blob(layer, "application/vnd.oci.image.layer.v1.tar"))),
  });
  const headers = { "content-type": "application/vnd.oci.image.manifest.v1+json" };
  const put = await fetch(`${base}/manifests/${tag}`, { method: "PUT", headers, body: manifest });
  if (put.status !== 201) throw new Error(`push answered ${put.status}`);
  return sha(manifest);
}
