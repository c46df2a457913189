import type { Outputs } from ".";

/** The API server names what the manifest leaves unnamed. */
export const kubernetesOutputs: Outputs = (name, inputs) => {
  const metadata = inputs["metadata"];
  const given = typeof metadata === "object" && metadata !== null ? metadata : {};
  return { metadata: { name, ...given } };
};
