import { type Block, overlaps, parseBlock } from "../network/cidr.ts";
import { EXAMPLE_ACCOUNT } from "../account/example-account.ts";
import { OWN_VALUE, type Reader } from "./setting.ts";
import type { AwsSettings } from "../account/settings.ts";
import { DOCUMENTATION, PRIVATE, UNUSABLE } from "../network/special-blocks.ts";

/** Who may reach the cluster and administer it; what runs in somebody else's. */
export function checkCluster(reader: Reader, { cluster, images }: AwsSettings): void {
  if (cluster.kind === "new") {
    checkPublicAccess(reader, cluster.publicCidrs);
    checkAdministrators(reader, cluster.adminRoles);
  } else if (cluster.compute === "auto" && !images.platforms.includes("linux/amd64")) {
    reader.report({
      key: "slipway:imagePlatforms",
      found: images.platforms.join(","),
      allowed:
        "linux/amd64, alone or with others: the node pools that EKS brings to an existing cluster have no other machines",
      example: "linux/amd64,linux/arm64",
    });
  }
}

function checkPublicAccess(reader: Reader, cidrs: readonly string[]): void {
  for (const cidr of cidrs) {
    const block = parseBlock(cidr);
    if (block !== null && block.bits >= 8 && !isSpecial(block)) continue;
    reader.report({
      key: "slipway:publicCidrs",
      found: cidr,
      allowed:
        "public blocks of /8 or smaller, such as the address you have now: the API server is not for everybody, and EKS takes no private block",
      example: "8.8.8.8/32",
      hint: ", with your own address, which `curl -s https://checkip.amazonaws.com` prints",
    });
  }
}

/** EKS refuses what cannot come over the internet. */
function isSpecial(block: Block): boolean {
  return [...UNUSABLE, ...PRIVATE, ...DOCUMENTATION].some((special) => overlaps(block, special));
}

function checkAdministrators(reader: Reader, roles: readonly string[]): void {
  const names = roles.map((role) => role.split("/").at(-1));
  const wrong = roles.filter(
    (role, index) => !/^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(role) || names.indexOf(names[index]) !== index,
  );
  for (const found of wrong)
    reader.report({
      key: "slipway:adminRoles",
      found,
      allowed: "roles by their ARNs, each of another name",
      example: `arn:aws:iam::${EXAMPLE_ACCOUNT}:role/platform`,
      hint: OWN_VALUE,
    });
}
