import { assignedIn } from "../shared/assignments";
import { credentialIn } from "../shared/credentials";
import { known } from "../shared/known";
import { onResource, resourceRule } from "../shared/rule";

export const secretUserData = resourceRule({
  name: "secret-user-data",
  description:
    "The user data of an instance, which everything on it may read, holds no credential.",
  reach: "everywhere",
  severity: "critical",
  tags: ["ckv:CKV_AWS_46", "trivy:AWS-0129"],
  remediationSteps: "Let the instance read the value from Secrets Manager with its role.",
  url: "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html",
  settings: {},
  checks: [
    onResource(
      ["aws:ec2/launchTemplate:LaunchTemplate", "aws:ec2/instance:Instance"],
      ({ props, report }) => {
        for (const key of ["userData", "userDataBase64"]) {
          const text = known(() => props[key]);
          if (typeof text !== "string") continue;
          const what = [text, decoded(text)].map(problemIn).find((found) => found !== undefined);
          if (what !== undefined) report(`${key}: holds ${what}`);
        }
      },
    ),
  ],
});

/** Launch templates take it in base64; what is none decodes to noise, which holds nothing. */
function decoded(text: string): string {
  return /^[A-Za-z0-9+/\s]+=*\s*$/.test(text) ? Buffer.from(text, "base64").toString("utf8") : "";
}

function problemIn(text: string): string | undefined {
  // The base64 itself would pass for a random key.
  const lines = text.split("\n").filter((line) => /[^A-Za-z0-9+/=\s]/.test(line));
  const rest = lines.join("\n");
  return credentialIn(rest) ?? assignedIn(rest);
}
