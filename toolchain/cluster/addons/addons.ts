import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { ApiClient } from "../control-plane/api-client.ts";
import { type AddonPrograms, RETIRED_GROUP } from "./addon-programs.ts";
import type { ClusterConfig } from "../config/cluster-config.ts";
import { loadScratchImage, programReference } from "../images/cluster-images.ts";
import type { ClusterFolders } from "../config/folders.ts";
import { accessObjects } from "./manifests/access.ts";
import { addonUser } from "./manifests/addon.ts";
import type { Addon } from "./manifests/addon.ts";
import { plannedAddons, shortHash } from "./planned-addons.ts";
import { storageObjects } from "./manifests/storage.ts";
import { objectPath } from "../control-plane/object-path.ts";
import type { KubeObject } from "../control-plane/object-path.ts";

const crdRecord = "/api/v1/namespaces/kube-system/configmaps/slipway-definitions";

/** Puts the images of the add-ons into the cluster; needs only containerd. */
export async function loadAddonImages(cluster: string, programs: AddonPrograms): Promise<void> {
  for (const [name, program] of Object.entries(programs.images)) {
    await loadScratchImage(cluster, { reference: programReference(name, program), program, user: addonUser });
  }
}

/** Rights and storage classes: what workloads need before the first of them starts. */
export async function applyBasics(api: ApiClient): Promise<void> {
  await applyAll(api, [...accessObjects(), ...storageObjects()]);
}

/** Custom resource definitions and add-ons. Applying them again changes nothing. */
export async function applyAddons(
  config: ClusterConfig,
  folders: ClusterFolders,
  programs: AddonPrograms,
  api: ApiClient,
): Promise<readonly Addon[]> {
  await applyDefinitions(programs.definitions, api);
  const addons = addonsOf(config, folders, programs);
  for (const addon of addons) await applyAll(api, addon.objects);
  return addons;
}

/** The add-ons as they are to be, from the programs and certificates of this cluster. */
function addonsOf(config: ClusterConfig, folders: ClusterFolders, { images }: AddonPrograms): Addon[] {
  const pki = (file: string) => readFileSync(join(folders.state, "pki", file), "utf8");
  const tls = { ca: pki("cluster-ca.crt"), certificate: pki("metrics-server.crt"), key: pki("metrics-server.key") };
  const reference = (name: keyof AddonPrograms["images"]) => programReference(name, images[name]);
  return plannedAddons(
    config,
    { coredns: reference("coredns"), traefik: reference("traefik"), "metrics-server": reference("metrics-server") },
    tls,
  );
}

/** Definitions are large and slow to read, so they are applied only when their files changed. */
async function applyDefinitions(files: readonly string[], api: ApiClient): Promise<void> {
  const texts = files.map((file) => readFileSync(file, "utf8"));
  const hash = shortHash(texts.join());
  const record = await api.get<{ data?: { hash?: string } }>(crdRecord);
  if (record?.data?.hash === hash) return;
  await applyAll(api, texts.flatMap(definitionsIn));
  await api.apply(crdRecord, {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "slipway-definitions" },
    data: { hash },
  });
}

function definitionsIn(text: string): KubeObject[] {
  const objects = parseAllDocuments(text).map((document) => document.toJS() as KubeObject | null);
  return objects.filter(
    (object): object is KubeObject =>
      object?.kind === "CustomResourceDefinition" && !object.metadata.name.endsWith(RETIRED_GROUP),
  );
}

async function applyAll(api: ApiClient, objects: readonly KubeObject[]): Promise<void> {
  for (const object of objects) await api.apply(objectPath(object), object);
}
