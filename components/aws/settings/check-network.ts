import { own } from "../../../model/harmless/own.ts";
import { type Block, overlaps, parseBlock, subnet } from "../network/cidr.ts";
import type { AwsSettings, ExistingNetwork, NewNetwork } from "../account/settings.ts";
import { SERVICE_CIDR } from "../account/settings.ts";
import { OWN_VALUE, type Reader } from "./setting.ts";
import { PRIVATE, UNUSABLE } from "../network/special-blocks.ts";
import { REGION_ZONES } from "../account/supported.ts";

/** Subnets of /20 for pods in three zones and their public twins need a /16 to /18; AWS takes nothing larger. */
const SMALLEST = 18;
const LARGEST = 16;
/** Brokers and databases are spread over at most so many zones: MSK takes no more subnets. */
const MOST_ZONES = 3;

/** Zones, address blocks and, for a certificate that exists, where it is. */
export function checkNetwork(reader: Reader, settings: AwsSettings): void {
  const { network, cluster } = settings;
  checkZones(reader, settings);
  if (network.kind === "existing" && reader.value("slipway:vpcCidr") === undefined) {
    reader.report({
      key: "slipway:vpcCidr",
      found: "",
      allowed: `the address block of ${network.vpcId}: security groups and network policies let it in`,
      example: "10.0.0.0/16",
      hint: OWN_VALUE,
    });
  }
  if (network.kind === "new" && cluster.kind === "existing") {
    reader.report({
      key: "slipway:vpcId",
      found: "",
      allowed: `the network of the cluster ${cluster.name}: its pods reach no broker and no database in another one`,
      example: "vpc-0123456789abcdef0",
      hint: OWN_VALUE,
    });
  }
  checkBlocks(reader, network);
  checkCertificate(reader, settings);
}

function checkZones(reader: Reader, { region, network }: AwsSettings): void {
  const zones = own(REGION_ZONES, region);
  if (zones !== undefined && network.kind === "new" && network.zones > zones) {
    reader.report({
      key: "slipway:zones",
      found: String(network.zones),
      allowed: `at most ${zones} in ${region}, or a region with three such as eu-central-1`,
      example: String(zones),
    });
  }
  if (network.kind === "existing") checkSubnets(reader, network, Math.min(zones ?? MOST_ZONES, MOST_ZONES));
}

function checkSubnets(reader: Reader, { privateSubnetIds, publicSubnetIds }: ExistingNetwork, most: number): void {
  const groups = [
    { key: "slipway:privateSubnets", ids: privateSubnetIds, others: new Set<string>(), letter: "a" },
    { key: "slipway:publicSubnets", ids: publicSubnetIds, others: new Set(privateSubnetIds), letter: "b" },
  ];
  for (const { key, ids, others, letter } of groups) {
    const wrong = [...new Set(ids)].flatMap((id) => wrongWith(id, ids, others));
    if (ids.length >= 2 && ids.length <= most && wrong.length === 0) continue;
    reader.report({
      key,
      found: [ids.join(","), ...wrong].join("; "),
      hint: OWN_VALUE,
      example: Array.from({ length: most }, (_, index) => `subnet-0${letter}1b2c3d4e5f6071${index}`).join(","),
      allowed: `two ${most > 2 ? "or three " : ""}different subnets in different zones, none of them both private and public`,
    });
  }
}

/** What keeps one subnet of a list from being there. */
function wrongWith(id: string, ids: readonly string[], others: ReadonlySet<string>): string[] {
  if (!/^subnet-[0-9a-f]{8,17}$/.test(id)) return [`${id} is no id of a subnet`];
  if (others.has(id)) return [`${id} is in slipway:privateSubnets as well`];
  const times = ids.filter((other) => other === id).length;
  return times > 1 ? [`${id} is there ${times} times`] : [];
}

function checkBlocks(reader: Reader, network: NewNetwork | ExistingNetwork): void {
  const key = "slipway:vpcCidr";
  const taken = [{ cidr: SERVICE_CIDR, owner: "the cluster's services" }, ...peersOf(reader)];
  const example = freeBlock(taken.flatMap(({ cidr }) => parseBlock(cidr) ?? []));
  const block = parseBlock(network.cidr);
  if (
    block === null ||
    UNUSABLE.some((other) => overlaps(block, other)) ||
    (network.kind === "new" && (block.bits < LARGEST || block.bits > SMALLEST))
  ) {
    reader.report({
      key,
      found: network.cidr,
      allowed: `a block from /${LARGEST} to /${SMALLEST} without host bits, of addresses that a network may have`,
      example,
    });
    return;
  }
  const overlapping = taken.filter(({ cidr }) => touches(block, cidr)).map(({ cidr, owner }) => `${cidr} (${owner})`);
  if (overlapping.length > 0)
    reader.report({
      key,
      found: network.cidr,
      allowed: `a block that does not overlap ${overlapping.join(" or ")}`,
      example,
    });
}

/** Networks that this one is connected with; pods reach none that has the addresses of the cluster's services. */
function peersOf(reader: Reader): { cidr: string; owner: string }[] {
  const key = "slipway:peerCidrs";
  const services = parseBlock(SERVICE_CIDR);
  return reader.list(key).map((cidr) => {
    const block = parseBlock(cidr);
    if (block === null)
      reader.report({ key, found: cidr, allowed: "blocks without host bits", example: "192.168.0.0/16" });
    else if (services && overlaps(block, services))
      reader.report({
        key,
        found: cidr,
        allowed: `blocks that do not overlap ${SERVICE_CIDR} (the cluster's services)`,
        example: "192.168.0.0/16",
      });
    return { cidr, owner: key };
  });
}

function touches(block: Block, cidr: string): boolean {
  const other = parseBlock(cidr);
  return other !== null && overlaps(block, other);
}

/** The first private /16 that overlaps nothing; where all are taken, none is better than another. */
function freeBlock(taken: readonly Block[]): string {
  const candidates = PRIVATE.flatMap((block) =>
    Array.from({ length: 2 ** (LARGEST - block.bits) }, (_, index) => subnet(block, LARGEST, index)),
  );
  return candidates.find((cidr) => !taken.some((other) => touches(other, cidr))) ?? "10.0.0.0/16";
}

function checkCertificate(reader: Reader, { certificateArn, region, accountId }: AwsSettings): void {
  const wanted = `arn:aws:acm:${region}:${accountId}:certificate/`;
  if (certificateArn === null || certificateArn.startsWith(wanted) || reader.value("aws:region") !== region) return;
  reader.report({
    key: "slipway:certificateArn",
    found: certificateArn,
    allowed: `a certificate of ${region} in the account ${accountId}: a load balancer takes no other`,
    example: `${wanted}0a1b2c`,
    hint: OWN_VALUE,
  });
}
