import type { Outputs } from ".";

/** As in AWS's own documentation examples. */
function exampleIssuer(region: unknown): string {
  return `oidc.eks.${String(region)}.amazonaws.com/id/EXAMPLED539D4633E53DE1B71EXAMPLE`;
}

/**
 * By type token, what the resources of this package compute. Only plain values: the resources that these components
 * hold, and hand out by reference, exist in their own provider alone.
 */
export const eksOutputs: Record<string, Outputs | undefined> = {
  "eks:index:Cluster": (name, inputs) => {
    const clusterName = typeof inputs["name"] === "string" ? inputs["name"] : name;
    const issuer = exampleIssuer(inputs["region"]);
    return {
      kubeconfigJson: JSON.stringify(kubeconfig(clusterName)),
      oidcIssuer: issuer,
      oidcProviderUrl: `https://${issuer}`,
    };
  },
  "eks:index:ManagedNodeGroup": () => ({ placementGroupName: "" }),
};

/** In the form that eks.Cluster gives it: a server, and a command that fetches a token. */
function kubeconfig(clusterName: string) {
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      {
        name: "kubernetes",
        cluster: {
          server: `https://${clusterName}.eks.example`,
          "certificate-authority-data": "",
        },
      },
    ],
    contexts: [{ name: "aws", context: { cluster: "kubernetes", user: "aws" } }],
    "current-context": "aws",
    users: [
      {
        name: "aws",
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: "aws",
            args: ["eks", "get-token", "--cluster-name", clusterName, "--output", "json"],
          },
        },
      },
    ],
  };
}
