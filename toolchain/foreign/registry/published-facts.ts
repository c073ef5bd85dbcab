import { type BaseName, fullName } from "../bases/base-name.ts";
import { BuildFault } from "../build-fault.ts";
import { factsOf, type ImageConfiguration, type ImageFacts } from "../image/image-facts.ts";
import { ARCHITECTURE } from "../../machine/machine.ts";
import { askRegistry } from "./ask-registry.ts";
import { DESCRIBED, published } from "./published.ts";

interface Document {
  readonly manifests?: readonly { readonly digest: string; readonly platform?: { readonly architecture?: string } }[];
  readonly config?: { readonly digest: string };
}

/** What a published image says of itself, for this machine's processor or the first it is for. Throws a fault when it cannot be had. */
export async function publishedFacts(name: BaseName): Promise<ImageFacts> {
  const { registry, repository } = name;
  const { digest } = await published(name); // says what is wrong with the name
  const ask = async (path: string, accept: string): Promise<unknown> => {
    const response = await askRegistry({ registry, repository, path, accept });
    if (!response.ok)
      throw new BuildFault(
        `image ${fullName(name)} cannot be read: ${registry} answers ${response.status}`,
        "run the command again later",
      );
    return response.json();
  };
  const index = (await ask(`manifests/${digest}`, DESCRIBED)) as Document;
  const own = index.manifests?.find(({ platform }) => platform?.architecture === ARCHITECTURE) ?? index.manifests?.[0];
  const manifest = own ? ((await ask(`manifests/${own.digest}`, DESCRIBED)) as Document) : index;
  return factsOf((await ask(`blobs/${manifest.config?.digest ?? ""}`, "*/*")) as ImageConfiguration);
}
