import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { ResolvedEdgeProtectionArgs } from "./args";

/** A record that proves to the issuer that the domain is ours. */
export interface ValidationRecord {
  readonly name: string;
  readonly type: string;
  readonly value: string;
}

export interface EdgeCertificate {
  /** With a zone, known once the certificate is issued. */
  readonly arn: pulumi.Output<string>;
  /** The domain and the names below it are proved by the same record. */
  readonly validationRecords: pulumi.Output<ValidationRecord[]>;
}

const recordSeconds = 300;

/** For the domain and the names directly below it; renewed by AWS for as long as the record stands. */
export function createCertificate(
  name: string,
  spec: ResolvedEdgeProtectionArgs,
  owned: pulumi.CustomResourceOptions,
): EdgeCertificate {
  const { region, domain, hostedZoneId, tags } = spec;
  const certificate = new aws.acm.Certificate(
    `${name}-public`,
    {
      region,
      domainName: domain,
      subjectAlternativeNames: [`*.${domain}`],
      validationMethod: "DNS",
      tags,
    },
    owned,
  );
  const validationRecords = certificate.domainValidationOptions.apply(distinctRecords);
  if (hostedZoneId === undefined) return { arn: certificate.arn, validationRecords };
  const proof = certificate.domainValidationOptions.apply((options) => proofOf(domain, options));
  const record = new aws.route53.Record(
    `${name}-validation-${domain}`,
    {
      zoneId: hostedZoneId,
      name: proof.name,
      type: proof.type,
      records: [proof.value],
      ttl: recordSeconds,
      // The same for every certificate that this account has for the domain.
      allowOverwrite: true,
    },
    owned,
  );
  const issued = new aws.acm.CertificateValidation(
    `${name}-public`,
    { region, certificateArn: certificate.arn, validationRecordFqdns: [record.fqdn] },
    owned,
  );
  return { arn: issued.certificateArn, validationRecords };
}

type ValidationOption = aws.types.output.acm.CertificateDomainValidationOption;

export function distinctRecords(options: readonly ValidationOption[]): ValidationRecord[] {
  const byName = new Map(options.map((option) => [option.resourceRecordName, asRecord(option)]));
  return [...byName.values()];
}

/** The wildcard's is the same: AWS looks for both at the domain itself. */
function proofOf(domain: string, options: readonly ValidationOption[]): ValidationRecord {
  const option = options.find(({ domainName }) => domainName === domain);
  if (option === undefined) throw new Error(`the certificate asks for no record of ${domain}`);
  return asRecord(option);
}

function asRecord(option: ValidationOption): ValidationRecord {
  return {
    name: option.resourceRecordName,
    type: option.resourceRecordType,
    value: option.resourceRecordValue,
  };
}
