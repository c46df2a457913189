import type { MockCallArgs, MockResourceArgs } from "@pulumi/pulumi/runtime/mocks";
import type { Mode } from "../engine";
import { awsOutputs } from "./aws";
import { awsxOutputs } from "./awsx";
import { eksOutputs } from "./eks";
import { kubernetesOutputs } from "./kubernetes";
import { pagerdutyOutputs } from "./pagerduty";

/** Outputs that a resource computes, from its name and its (resolved) inputs. */
export type Outputs = (name: string, inputs: Record<string, unknown>) => Record<string, unknown>;

interface Answer {
  id: string;
  state: Record<string, unknown>;
}

const computedOutputs: Record<string, Outputs | undefined> = {
  ...awsxOutputs,
  ...eksOutputs,
  ...awsOutputs,
  ...pagerdutyOutputs,
};

/** As in AWS's own documentation examples. */
const exampleRegion = "us-west-2";

/**
 * What each resource gives back where its inputs do not say it. Ids and ARNs are functions of the name, and of the region: its
 * own, or that of the program's provider.
 */
export function answerResource(
  { type, name, inputs }: MockResourceArgs,
  region = exampleRegion,
): Answer {
  const given = inputs as Record<string, unknown>;
  const computed = (computedOutputs[type] ?? commonOutputs(type))(name, { region, ...given });
  return { id: `${name}-id`, state: { ...given, ...computed } };
}

/** Outputs that are called as an input is, and are something else. */
const computedUnderAnInputsName: Readonly<Record<string, readonly string[]>> = {
  // The gateways themselves, under the name of how many there are to be.
  "awsx:ec2:Vpc": ["natGateways"],
};

/** What a first preview knows of a resource: its inputs, and nothing that is computed. */
export function stateBeforeCreation({ type, inputs }: MockResourceArgs): Record<string, unknown> {
  const computed = computedUnderAnInputsName[type] ?? [];
  const given = Object.entries(inputs as Record<string, unknown>);
  return Object.fromEntries(given.filter(([key]) => !computed.includes(key)));
}

function commonOutputs(type: string): Outputs {
  if (type.startsWith("kubernetes:")) return kubernetesOutputs;
  if (type.startsWith("aws:")) return (name, inputs) => arnAndName(type, name, inputs);
  return () => ({});
}

/** The account of AWS's own documentation examples: it stands for the account that a plan never asks. */
const exampleAccount = "123456789012";

function arnAndName(type: string, name: string, inputs: Record<string, unknown>) {
  const service = (type.split(":")[1] ?? "").split("/")[0] ?? "";
  const physicalName = typeof inputs["name"] === "string" ? inputs["name"] : name;
  const region = typeof inputs["region"] === "string" ? inputs["region"] : exampleRegion;
  return {
    arn: `arn:aws:${service}:${region}:${exampleAccount}:${physicalName}`,
    name: physicalName,
  };
}

/** Data sources that the program may ask. Anything else is a mistake, and says so. */
export function answerCall({ token, inputs }: MockCallArgs, mode: Mode): Record<string, unknown> {
  throw new Error(
    `no offline answer for ${token}(${JSON.stringify(inputs)}) in mode ${mode}: add it to tools/offline/answers`,
  );
}
