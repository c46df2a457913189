import type { PolicyComplianceFramework } from "@pulumi/policy";

/** @see https://www.cisecurity.org/benchmark/kubernetes */
export function cisEks(reference: string, specification: string): PolicyComplianceFramework {
  return { name: "CIS Amazon EKS Benchmark", version: "1.8.0", reference, specification };
}

/** @see https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html */
export function awsFoundational(
  reference: string,
  specification: string,
): PolicyComplianceFramework {
  return {
    name: "AWS Foundational Security Best Practices",
    version: "1.0.0",
    reference,
    specification,
  };
}
