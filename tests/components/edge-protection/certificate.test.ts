import { expect } from "chai";
import { distinctRecords } from "../../../components/edge-protection/certificate";
import { full, inputsOf, least, registered } from "./fixture";

describe("EdgeProtection: the certificate", () => {
  it("is for the domain and the names directly below it, proved by DNS", async () => {
    expect(await inputsOf(full, "aws:acm/certificate:Certificate")).to.deep.equal({
      region: "us-west-2",
      domainName: "platform.example",
      subjectAlternativeNames: ["*.platform.example"],
      validationMethod: "DNS",
      tags: { team: "platform" },
    });
  });

  it("proves itself by one record in the zone, and is known once issued", async () => {
    const { registrations } = await registered(full);
    const record = registrations.find(({ type }) => type === "aws:route53/record:Record");
    expect(record?.inputs).to.deep.equal({
      zoneId: "Z123",
      name: "_proof.platform.example.",
      type: "CNAME",
      records: ["_proof.acm-validations.aws."],
      ttl: 300,
      allowOverwrite: true,
    });
    const validation = registrations.find(({ type }) => type.endsWith(":CertificateValidation"));
    expect(validation?.inputs["certificateArn"]).to.equal(
      "arn:aws:acm:us-west-2:123456789012:certificate/auterity-dev-public-id",
    );
    expect(validation?.propertyDependencies["validationRecordFqdns"]).to.include(record?.urn);
  });

  it("waits for a person without a zone", async () => {
    const { registrations } = await registered(least);
    const kinds = registrations.map(({ type }) => type);
    expect(kinds).not.to.include("aws:route53/record:Record");
    expect(kinds).not.to.include("aws:acm/certificateValidation:CertificateValidation");
  });

  it("asks for each record once, though a wildcard repeats its domain's", () => {
    const option = (domainName: string, name: string) => ({
      domainName,
      resourceRecordName: name,
      resourceRecordType: "CNAME",
      resourceRecordValue: `${name}value`,
    });
    expect(
      distinctRecords([
        option("platform.example", "_a."),
        option("*.platform.example", "_a."),
        option("other.example", "_b."),
      ]),
    ).to.deep.equal([
      { name: "_a.", type: "CNAME", value: "_a.value" },
      { name: "_b.", type: "CNAME", value: "_b.value" },
    ]);
  });
});
