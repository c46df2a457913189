import type { ServiceRecord } from "../../components/shared/service-record";

/** A catalogue of any size, from the real records and copies of them under other names. */
export function multiplyCatalogue(
  services: readonly ServiceRecord[],
  count: number,
): ServiceRecord[] {
  const records = Array.from({ length: count }, (_, index) => {
    const original = services[index % services.length];
    if (original === undefined) throw new RangeError("the catalogue has no records to copy");
    return copyOf(original, Math.floor(index / services.length));
  });
  const names = new Set(records.map(({ name }) => name));
  return records.map((record) => ({
    ...record,
    talksTo: {
      ...record.talksTo,
      services: record.talksTo.services.filter((name) => names.has(name)),
    },
  }));
}

const portsApart = 100;

function copyOf(record: ServiceRecord, copy: number): ServiceRecord {
  if (copy === 0) return record;
  const suffix = `-${copy + 1}`;
  const { name, image, port, exposure, ...rest } = record;
  return {
    ...rest,
    name: name + suffix,
    image: image + suffix,
    // Ports are unique within a product.
    ...(port !== undefined && { port: port + portsApart * copy }),
    ...(exposure && { exposure: { ...exposure, subdomain: exposure.subdomain + suffix } }),
  };
}
