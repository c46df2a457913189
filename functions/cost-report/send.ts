import type { GetSecretValueCommandOutput } from "@aws-sdk/client-secrets-manager";
import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";

/** Of SNS: longer subjects are refused. */
const longestSubject = 100;
/** Of SNS, in bytes: a report of many groups stays far below. */
const longestMessage = 262_144;

export async function sendMail(
  client: SNSClient,
  topicArn: string,
  { subject, text }: { readonly subject: string; readonly text: string },
): Promise<void> {
  await client.send(
    new PublishCommand({
      TopicArn: topicArn,
      // SNS takes ASCII alone, without a line break.
      Subject: subject.replace(/[^\x20-\x7e]/g, "?").slice(0, longestSubject),
      Message: Buffer.from(text).subarray(0, longestMessage).toString(),
    }),
  );
}

/** What an incoming webhook of Slack, Mattermost or Teams takes. */
export async function sendChat(
  url: string,
  text: string,
  timeoutMilliseconds = 10_000,
): Promise<void> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ text: `\`\`\`\n${text}\n\`\`\`` }),
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMilliseconds),
  }).catch((error: unknown) => {
    // The address is a credential: whoever has it can write there.
    throw new Error(`chat: no answer (${error instanceof Error ? error.name : "unknown"})`);
  });
  if (!answer.ok) throw new Error(`chat: HTTP ${answer.status}`);
}

/** @throws Error without the value, where it is no address. */
export function chatUrl({
  SecretString = "",
}: Pick<GetSecretValueCommandOutput, "SecretString">): string {
  const url = URL.canParse(SecretString) ? new URL(SecretString) : undefined;
  if (url?.protocol !== "https:")
    throw new Error("chat: the secret holds no https:// address of a webhook");
  return url.href;
}
