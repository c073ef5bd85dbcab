import { createHash } from "node:crypto";
import { KUBELET_PORT } from "../../../model/names.ts";
import { addresses } from "../config/cluster-config.ts";
import type { ClusterConfig } from "../config/cluster-config.ts";
import { apiServerPort } from "../control-plane/control-plane.ts";
import type { AddonPrograms } from "./addon-programs.ts";
import type { Addon, AddonPlace } from "./manifests/addon.ts";
import { coredns } from "./manifests/coredns.ts";
import { metricsServer } from "./manifests/metrics-server.ts";
import { host } from "./manifests/traffic.ts";
import { traefik } from "./manifests/traefik.ts";

/** Reference of each add-on's image. */
type AddonImages = { readonly [name in keyof AddonPrograms["images"]]: string };

/** Names, entry and figures: what a cluster needs besides its own processes. */
export function plannedAddons(
  config: ClusterConfig,
  images: AddonImages,
  tls: { ca: string; certificate: string; key: string },
): Addon[] {
  const { node, dns } = addresses(config);
  const place: AddonPlace = {
    systems: config.systems,
    apiServer: { peers: [host(node)], ports: [apiServerPort] },
    kubelet: { peers: [host(node)], ports: [KUBELET_PORT] },
  };
  return [
    coredns(images.coredns, dns, place, shortHash),
    traefik(images.traefik, place, shortHash),
    metricsServer(images["metrics-server"], tls, place, shortHash),
  ];
}

/** Tells one text from another. */
export function shortHash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
