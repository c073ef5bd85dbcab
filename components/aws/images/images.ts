import { getAuthorizationTokenOutput } from "@pulumi/aws/ecr/getAuthorizationToken.js";
import { LifecyclePolicy } from "@pulumi/aws/ecr/lifecyclePolicy.js";
import { Repository } from "@pulumi/aws/ecr/repository.js";
import type { Key } from "@pulumi/aws/kms/key.js";
import { Image } from "@pulumi/docker-build/image.js";
import * as pulumi from "@pulumi/pulumi";
import { RandomString } from "@pulumi/random/randomString.js";
import type { ImageConnection } from "../../platform.ts";
import { lifecycle, repositoryArguments } from "./repository.ts";
import type { AwsSettings } from "../account/settings.ts";
import { TYPE } from "../account/type-tokens.ts";

/**
 * Every build has a tag of its own: the same files built again, to go back to an earlier release, are another image (times, record of the
 * build), and the registry takes none under a tag that is there.
 */
const BUILD = { length: 6, special: false, upper: false };

/** An image that is built and pushed: from the same Dockerfile as on any other platform. */
export interface BuiltImage {
  /** Name such as "fishdelivery/order" or "job". */
  readonly name: string;
  /** Where it is kept, below "slipway/". */
  readonly repository: string;
  /** Hash of everything that goes into it, whatever it is built for. */
  readonly version: string;
  /** Folder that is built, relative to the project. */
  readonly context: string;
  /** Path of the Dockerfile, relative to the project; default `Dockerfile` in the context. */
  readonly dockerfile?: string;
  readonly target?: string;
  readonly args?: Readonly<Record<string, string>>;
  /** OCI layout, relative to the project, that is pushed instead of building: what a command of its own made of it. */
  readonly made?: string;
}

/** An image that others published: it runs as it is. */
export interface ReadyImage {
  readonly name: string;
  readonly version: string;
  /** With its digest: a tag may move. */
  readonly reference: string;
}

/** Where an image comes from. */
export type ImageSource = BuiltImage | ReadyImage;

interface ImagesArgs {
  readonly settings: AwsSettings;
  readonly key: Key;
  readonly sources: readonly ImageSource[];
  readonly tags: Record<string, string>;
}

/** One private repository for each image, whose tags cannot move, and the image in it: one index for all platforms, deployed by its digest. */
export class Images extends pulumi.ComponentResource {
  readonly #images = new Map<string, ImageConnection>();

  constructor(name: string, { settings, key, sources, tags }: ImagesArgs, opts: pulumi.ComponentResourceOptions) {
    super(TYPE.images, name, {}, opts);
    const child = { parent: this };
    const login = getAuthorizationTokenOutput({}, child);
    const { platforms } = settings.images;
    const builtFor = platforms.map((platform) => platform.replace("linux/", "")).join("-"); // another platform is another image, and a tag never moves
    for (const source of sources) {
      const { name: image, version } = source;
      if ("reference" in source) {
        this.#images.set(image, { reference: source.reference, version });
        continue;
      }
      const { repository: path } = source;
      const resource = `${name}-${image.split("/").slice(1).join(".") || image}`;
      const repository = new Repository(
        resource,
        { ...repositoryArguments(`slipway/${path}`, key), tags },
        { ...child, protect: true },
      );
      new LifecyclePolicy(resource, { repository: repository.name, policy: lifecycle() }, child);
      const build = new RandomString(resource, { ...BUILD, keepers: { version, builtFor } }, child);
      const built = new Image(
        resource,
        {
          tags: [pulumi.interpolate`${repository.repositoryUrl}:${version}-${builtFor}-${build.result}`],
          push: true,
          platforms: [...platforms],
          ...buildArguments(source),
          buildOnPreview: false, // a preview shows what would be built, in seconds
          registries: [
            { address: repository.repositoryUrl, username: login.userName, password: pulumi.secret(login.password) },
          ],
        },
        { ...child, retainOnDelete: true },
      ); // a release may be rolled back to it; the repository's lifecycle lets it go
      this.#images.set(image, { reference: pulumi.interpolate`${repository.repositoryUrl}@${built.digest}`, version });
    }
    this.registerOutputs({});
  }

  /** The pushed image of that name. */
  find(name: string): ImageConnection {
    const image = this.#images.get(name);
    if (!image) throw new Error(`no image "${name}" is pushed; there are: ${[...this.#images.keys()].join(", ")}`);
    return image;
  }
}

/** What the builder is told of a source. */
function buildArguments({ context, dockerfile, target, args = {}, made }: BuiltImage) {
  if (made !== undefined)
    return {
      context: { location: context, named: { made: { location: `oci-layout://${made}` } } },
      dockerfile: { inline: "FROM made\n" },
    };
  return {
    context: { location: context },
    dockerfile: { location: dockerfile ?? `${context}/Dockerfile` },
    ...(target !== undefined && { target }),
    ...(Object.keys(args).length > 0 && { buildArgs: { ...args } }),
  };
}
