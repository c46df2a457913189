import * as aws from "@pulumi/aws";
import { expect } from "chai";
import type { AlarmTopic } from "../../components/alarm-topic";
import { defineCosts } from "../../stacks/costs";
import { parseEnvironment } from "../../stacks/environment";
import { startOfflineEngine } from "../support/engine";
import { changed } from "../support/stack-file";

const secretArn = "arn:aws:secretsmanager:us-west-2:123456789012:secret:chat-AbCdEf";
const keyArn = "arn:aws:kms:us-west-2:123456789012:key/1234";

async function reportOf(reportChat: { readonly secretArn: string; readonly keyArn: string }) {
  const engine = await startOfflineEngine({ mode: "known" });
  defineCosts("auterity-dev", {
    environment: parseEnvironment(
      "a test",
      changed("dev", { "settings.costs.reportChat": reportChat }),
    ),
    alarms: { topicArn: "arn:aws:sns:us-west-2:123456789012:alarms" } as unknown as AlarmTopic,
    provider: new aws.Provider("account", { region: "us-west-2" }),
  });
  await engine.settle();
  const [code] = engine.registrations.filter(({ type }) => type.endsWith(":Function"));
  const policies = engine.registrations.filter(({ type }) => type.endsWith(":RolePolicy"));
  const { variables } = code!.inputs["environment"] as { variables: Record<string, string> };
  return { variables, policies: JSON.stringify(policies.map(({ inputs }) => inputs["policy"])) };
}

describe("the weekly report of costs", () => {
  it("goes to the chat whose secret is named, and reads that secret alone", async () => {
    const { variables, policies } = await reportOf({ secretArn, keyArn });
    expect(variables["CHAT_SECRET_ARN"]).to.equal(secretArn);
    expect(policies).to.include(secretArn).and.include(keyArn);
  });

  it("refuses a secret without its key", () => {
    const raw = changed("prod", { "settings.costs.reportChat": { secretArn, keyArn: "none" } });
    expect(() => parseEnvironment("prod", raw)).to.throw(
      `auterity:costs.reportChat: got {"secretArn":"${secretArn}","keyArn":"none"}, need both ARNs, or none twice`,
    );
  });

  it("goes by mail alone where there is none", async () => {
    const { variables, policies } = await reportOf({ secretArn: "none", keyArn: "none" });
    expect(variables).not.to.have.property("CHAT_SECRET_ARN");
    expect(policies).not.to.include("secretsmanager");
  });
});
