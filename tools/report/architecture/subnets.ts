import { blockAfter, firstBlock, parseIpv4Cidr, split } from "../../../components/shared/cidr";
import { listAt, numberAt, textAt, textsAt } from "./inputs";
import type { Exposure, Subnet } from "./model";

/** The subnets of each zone, by its position, as `awsx.ec2.Vpc` lays them out from its inputs. */
export function subnetsOfZone(vpc: unknown, zone: number): Subnet[] {
  const specs = listAt(vpc, "subnetSpecs");
  const zoneBlock = blockOfZone(vpc, zone);
  let previous: ReturnType<typeof firstBlock> | undefined;
  return specs.map((spec) => {
    const given = textsAt(spec, "cidrBlocks")[zone];
    const mask = numberAt(spec, "cidrMask");
    let cidrBlock = given ?? (mask === undefined ? "" : `/${mask}`);
    if (given === undefined && mask !== undefined && zoneBlock !== undefined) {
      previous = previous === undefined ? firstBlock(zoneBlock, mask) : blockAfter(previous, mask);
      cidrBlock = previous.text;
    }
    const type = textAt(spec, "type");
    return {
      tier: textAt(spec, "name") || type.toLowerCase(),
      exposure: exposureOf(type),
      cidrBlock,
    };
  });
}

/** Only the strategy "Auto" with a fixed size per zone says where a zone begins. */
function blockOfZone(vpc: unknown, zone: number) {
  const zonePrefix = numberAt(vpc, "availabilityZoneCidrMask");
  const { cidr } = parseIpv4Cidr(textAt(vpc, "cidrBlock"));
  if (cidr === undefined || zonePrefix === undefined) return undefined;
  return textAt(vpc, "subnetStrategy") === "Auto" ? split(cidr, zonePrefix)[zone] : undefined;
}

function exposureOf(type: string): Exposure {
  switch (type.toLowerCase()) {
    case "public":
      return "public";
    case "isolated":
      return "isolated";
    default:
      return "private";
  }
}
