import { expect } from "chai";
import { functionArn, functionLogKeyStatement } from "../../components/shared/function-policies";

const place = { region: "us-west-2", accountId: "123456789012", functionName: "auterity-dev-look" };
const logGroupArn = "arn:aws:logs:us-west-2:123456789012:log-group:/aws/lambda/auterity-dev-look";

describe("the policies of functions", () => {
  it("lets CloudWatch Logs use the key for this log and no other", () => {
    expect(functionLogKeyStatement(place)).to.deep.equal({
      Sid: "LogsEncrypt",
      Effect: "Allow",
      Principal: { Service: "logs.us-west-2.amazonaws.com" },
      Action: [
        "kms:Decrypt",
        "kms:DescribeKey",
        "kms:Encrypt",
        "kms:GenerateDataKey*",
        "kms:ReEncrypt*",
      ],
      Resource: "*",
      Condition: { ArnEquals: { "kms:EncryptionContext:aws:logs:arn": logGroupArn } },
    });
  });

  it("name a function before there is one", () => {
    expect(functionArn(place)).to.equal(
      "arn:aws:lambda:us-west-2:123456789012:function:auterity-dev-look",
    );
  });
});
