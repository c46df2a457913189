import { expect } from "chai";
import { UserDirectory, type UserDirectoryArgs } from "../../../components/user-directory";
import { startOfflineEngine, type Registration } from "../../support/engine";

/** The least that a directory needs. */
export const least: UserDirectoryArgs = {
  region: "us-west-2",
  accountId: "123456789012",
  poolName: "auterity-dev",
};

/** Everything that can be asked for. */
export const full: UserDirectoryArgs = {
  ...least,
  callbackUrls: ["https://app.platform.example/auth/callback"],
  logoutUrls: ["https://app.platform.example/auth/logout"],
  signInDomain: { prefix: "auterity-dev" },
  totp: "required",
  passwordLength: 16,
  sender: {
    sourceArn: "arn:aws:ses:us-west-2:123456789012:identity/platform.example",
    from: "Auterity <no-reply@platform.example>",
  },
  webAclArn: "arn:aws:wafv2:us-west-2:123456789012:regional/webacl/auterity-dev/1",
  logRetentionDays: 400,
  tags: { team: "platform" },
};

export async function registered(args: UserDirectoryArgs, mode: "known" | "unknown" = "known") {
  const engine = await startOfflineEngine({ mode });
  const directory = new UserDirectory("people", args);
  await engine.settle();
  return { directory, registrations: engine.registrations };
}

export async function inputsOf(
  args: UserDirectoryArgs,
  type: string,
): Promise<Registration["inputs"]> {
  const { registrations } = await registered(args);
  const found = registrations.filter((registration) => registration.type === type);
  expect(found).to.have.length(1);
  return found[0]!.inputs;
}
