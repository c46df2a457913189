import type { Outputs } from ".";

type Properties = Record<string, unknown>;

/** What the API server and the controllers add to a resource, by its kind. */
const computed: Readonly<Record<string, ((name: string) => Properties) | undefined>> = {
  Ingress: (name) => ({
    status: { loadBalancer: { ingress: [{ hostname: `${name}.elb.amazonaws.com` }] } },
  }),
};

/** The API server names what the manifest leaves unnamed. */
export const kubernetesOutputs: Outputs = (name, inputs) => {
  const metadata = inputs["metadata"];
  const given = typeof metadata === "object" && metadata !== null ? metadata : {};
  const kind = inputs["kind"];
  const outputs = typeof kind === "string" ? computed[kind]?.(name) : undefined;
  return { metadata: { name, ...given }, ...outputs };
};
