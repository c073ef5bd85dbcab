import { type Block, overlaps, parseBlock } from "./cidr.ts";
import type { AwsSettings, ExistingNetwork, NewNetwork } from "./settings.ts";
import { SERVICE_CIDR } from "./settings.ts";
import type { Reader } from "./setting.ts";
import { REGION_ZONES } from "./supported.ts";

/** Subnets of /20 for pods in three zones and their public twins need a /16 to /18; AWS takes nothing larger. */
const SMALLEST = 18;
const LARGEST = 16;

/** Zones, address blocks and, for a certificate that exists, its region. */
export function checkNetwork(reader: Reader, settings: AwsSettings): void {
  const { network, region, cluster } = settings;
  const zones = REGION_ZONES[region];
  if (zones === undefined) {
    reader.report({ key: "aws:region", found: region, allowed: Object.keys(REGION_ZONES).join(", "), example: "eu-central-1" });
  } else if (network.kind === "new" && network.zones > zones) {
    reader.report({ key: "slipway:zones", found: String(network.zones), allowed: `at most ${zones} in ${region}, or a region with three such as eu-central-1`, example: String(zones) });
  }
  if (network.kind === "existing") checkSubnets(reader, network);
  if (network.kind === "existing" && reader.value("slipway:vpcCidr") === undefined) {
    reader.report({ key: "slipway:vpcCidr", found: "", allowed: `the address block of ${network.vpcId}: security groups and network policies let it in`, example: "10.0.0.0/16" });
  }
  if (network.kind === "new" && cluster.kind === "existing") {
    reader.report({ key: "slipway:vpcId", found: "", allowed: `the network of the cluster ${cluster.name}: its pods reach no broker and no database in another one`, example: "vpc-0123456789abcdef0" });
  }
  checkBlocks(reader, network);
  checkPublicAccess(reader, settings);
  if (settings.certificateArn !== null && settings.certificateArn.split(":")[3] !== region) {
    reader.report({ key: "slipway:certificateArn", found: settings.certificateArn, allowed: `a certificate of ${region}: a load balancer takes no other`, example: `arn:aws:acm:${region}:${settings.accountId}:certificate/0a1b2c` });
  }
}

function checkSubnets(reader: Reader, network: ExistingNetwork): void {
  for (const [key, ids] of [["slipway:privateSubnets", network.privateSubnetIds], ["slipway:publicSubnets", network.publicSubnetIds]] as const) {
    const wrong = ids.filter((id) => !/^subnet-[0-9a-f]{8,17}$/.test(id));
    if (ids.length < 2 || wrong.length > 0 || new Set(ids).size < ids.length) {
      reader.report({ key, found: ids.join(","), allowed: "two or three different subnets in different zones", example: "subnet-0a1b2c3d4e5f60718,subnet-0a1b2c3d4e5f60719" });
    }
  }
}

function checkBlocks(reader: Reader, network: NewNetwork | ExistingNetwork): void {
  const key = "slipway:vpcCidr";
  const block = parseBlock(network.cidr);
  if (block === null || (network.kind === "new" && (block.bits < LARGEST || block.bits > SMALLEST))) {
    reader.report({ key, found: network.cidr, allowed: `a block from /${LARGEST} to /${SMALLEST} without host bits`, example: "10.0.0.0/16" });
    return;
  }
  const others = [["the cluster's services", SERVICE_CIDR], ...reader.list("slipway:peerCidrs").map((cidr) => ["slipway:peerCidrs", cidr] as const)] as const;
  for (const [owner, cidr] of others) {
    const other = parseBlock(cidr);
    if (other === null) reader.report({ key: owner, found: cidr, allowed: "blocks without host bits", example: "192.168.0.0/16" });
    else if (overlaps(block, other)) reader.report({ key, found: network.cidr, allowed: `a block that does not overlap ${cidr} (${owner})`, example: freeBlock([other]) });
  }
}

function checkPublicAccess(reader: Reader, { cluster }: AwsSettings): void {
  if (cluster.kind !== "new") return;
  for (const cidr of cluster.publicCidrs) {
    const block = parseBlock(cidr);
    if (block === null || block.bits < 8) {
      reader.report({ key: "slipway:publicCidrs", found: cidr, allowed: "blocks of /8 or smaller: the API server is not for everybody", example: "198.51.100.0/24" });
    }
  }
}

function freeBlock(taken: readonly Block[]): string {
  const candidates = ["10.0.0.0/16", "10.64.0.0/16", "10.128.0.0/16", "172.16.0.0/16"];
  return candidates.find((cidr) => taken.every((other) => !overlaps(parseBlock(cidr) as Block, other))) ?? "10.0.0.0/16";
}
