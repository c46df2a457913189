import type { PolicyProviderResource } from "@pulumi/policy";
import { snapshot } from "./known";

/** The accounts that a provider may touch: a list, or its JSON text, as providers get their inputs. */
export function allowedAccountIds(
  provider: Pick<PolicyProviderResource, "props"> | undefined,
): string[] {
  const value = snapshot((): unknown => provider?.props["allowedAccountIds"]);
  const list: unknown = typeof value === "string" ? parseList(value) : value;
  return Array.isArray(list) ? list.filter((item) => typeof item === "string") : [];
}

function parseList(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The account of an IAM ARN, or of an account given by its 12 digits. */
export function accountOf(principal: string): string | undefined {
  if (/^\d{12}$/.test(principal)) return principal;
  const [arn, , service, , account] = principal.split(":");
  return arn === "arn" && (service === "iam" || service === "sts") ? account : undefined;
}
