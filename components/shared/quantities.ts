/**
 * Kubernetes quantities as plain numbers: CPU in millicores, everything else in bytes.
 * The small packages for this on npm work in floating point or have had no release for years; sums of a quota must be
 * exact.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */

const byteSuffixes: Readonly<Record<string, number>> = {
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
};

const cpuPattern = /^(\d+)(?:\.(\d{1,3}))?$/;
const milliPattern = /^(\d+)m$/;
const bytesPattern = /^(\d+)(?:\.(\d+))?([kMGTP]|[KMGTP]i)?$/;

/** Millicores of "500m", "2" or "0.5"; undefined if it is no CPU quantity or finer than one millicore. */
export function readCpu(quantity: string): number | undefined {
  const [, milli] = milliPattern.exec(quantity) ?? [];
  if (milli !== undefined) return safe(Number(milli));
  const [, whole, fraction = ""] = cpuPattern.exec(quantity) ?? [];
  if (whole === undefined) return undefined;
  return safe(Number(whole) * 1000 + Number(fraction.padEnd(3, "0")));
}

/** Bytes of "512Mi", "1.5Gi", "1G" or "1024"; undefined if it is no such quantity or no whole number of bytes. */
export function readBytes(quantity: string): number | undefined {
  const [, whole, fraction = "", suffix = ""] = bytesPattern.exec(quantity) ?? [];
  const unit = byteSuffixes[suffix];
  if (whole === undefined || unit === undefined) return undefined;
  // In integers: 1.1 x 2^30 in floating point would hide that 1.1Gi is no whole number of bytes.
  const scale = 10n ** BigInt(fraction.length);
  const bytes = BigInt(whole + fraction) * BigInt(unit);
  return bytes % scale === 0n ? safe(Number(bytes / scale)) : undefined;
}

export function parseCpu(quantity: string): number {
  return must(readCpu(quantity), quantity, 'a CPU quantity such as "500m" or "2"');
}

export function parseBytes(quantity: string): number {
  return must(readBytes(quantity), quantity, 'a memory quantity such as "512Mi"');
}

/** The shortest spelling: 1500 → "1500m", 2000 → "2". */
export function formatCpu(millicores: number): string {
  return millicores % 1000 === 0 ? String(millicores / 1000) : `${millicores}m`;
}

/** In the largest binary unit that loses nothing: 2^30 → "1Gi", 1000 → "1000". */
export function formatBytes(bytes: number): string {
  for (const suffix of ["Pi", "Ti", "Gi", "Mi", "Ki"]) {
    const unit = byteSuffixes[suffix] ?? 1;
    if (bytes >= unit && bytes % unit === 0) return `${bytes / unit}${suffix}`;
  }
  return String(bytes);
}

function safe(value: number): number | undefined {
  return Number.isSafeInteger(value) ? value : undefined;
}

function must(value: number | undefined, quantity: string, accepted: string): number {
  if (value === undefined) throw new RangeError(`got "${quantity}", need ${accepted}`);
  return value;
}
