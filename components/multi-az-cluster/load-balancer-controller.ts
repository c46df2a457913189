import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { ClusterVersions } from "./args";
import type { ControllerRole } from "./controller-roles";
import type { ClusterScope } from "./scope";

const chartName = "aws-load-balancer-controller";
/** Two replicas that pull an image and elect a leader; a first installation waits for the webhook's certificate too. */
const installTimeoutSeconds = 600;

export interface LoadBalancerControllerParts {
  provider: k8s.Provider;
  controllerRole: ControllerRole;
  dependsOn: pulumi.Resource[];
}

/** The controller behind every Ingress, with its own role, at exactly the version of the arguments. */
export function createLoadBalancerController(
  scope: ClusterScope,
  { provider, controllerRole, dependsOn }: LoadBalancerControllerParts,
): pulumi.Resource[] {
  const { name, spec, owned } = scope;
  const serviceAccount = new k8s.core.v1.ServiceAccount(
    `${name}-load-balancer-controller`,
    {
      metadata: { name: controllerRole.serviceAccount, namespace: controllerRole.namespace },
      // A controller: it watches the Kubernetes API all day.
      automountServiceAccountToken: true,
    },
    { ...owned, provider, dependsOn },
  );
  const association = new aws.eks.PodIdentityAssociation(
    `${name}-load-balancer-controller`,
    {
      clusterName: spec.clusterName,
      namespace: controllerRole.namespace,
      serviceAccount: controllerRole.serviceAccount,
      roleArn: controllerRole.role.arn,
      tags: spec.tags,
    },
    { ...owned, dependsOn: [...dependsOn, ...controllerRole.policies] },
  );
  const release = new k8s.helm.v3.Release(
    `${name}-load-balancer-controller`,
    {
      ...chartSource(spec.versions.loadBalancerController.chart),
      name: chartName,
      namespace: controllerRole.namespace,
      atomic: true,
      cleanupOnFail: true,
      timeout: installTimeoutSeconds,
      values: controllerValues(scope, controllerRole),
    },
    { ...owned, provider, dependsOn: [serviceAccount, association] },
  );
  return [serviceAccount, association, release];
}

/** A repository, a registry or a folder: mirrors and air-gapped networks differ in nothing else. */
export function chartSource({
  repository,
  version,
}: ClusterVersions["loadBalancerController"]["chart"]) {
  if (repository.startsWith("https://")) {
    return { chart: chartName, version, repositoryOpts: { repo: repository } };
  }
  return { chart: `${repository.replace(/\/$/, "")}/${chartName}`, version };
}

function controllerValues(
  { spec }: ClusterScope,
  { serviceAccount }: ControllerRole,
): Record<string, unknown> {
  const { repository, tag, digest } = spec.versions.loadBalancerController.image;
  return {
    clusterName: spec.clusterName,
    // The metadata service, from which it would learn these, is out of reach of pods.
    region: spec.region,
    vpcId: spec.vpcId,
    image: { repository, tag: digest === undefined ? tag : `${tag}@${digest}` },
    serviceAccount: { create: false, name: serviceAccount },
    ...availabilityValues,
    ...securityValues,
    // Pods are targets themselves: no hop over a node of another zone.
    defaultTargetType: "ip",
    // On load balancers and security groups that the controller makes by itself.
    defaultTags: { ...spec.tags },
    // Both have no use here, and the role no permission for them; the firewall is version 2.
    enableShield: false,
    enableWaf: false,
    // Everything public is an Ingress. With this webhook no Service of any kind could be made while the controller is
    // away. @see https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/4140
    enableServiceMutatorWebhook: false,
    // The webhook's certificate stays over an upgrade, instead of failing calls until every replica has the new one.
    keepTLSSecret: true,
  };
}

const zoneSpread = {
  maxSkew: 1,
  labelSelector: { matchLabels: { "app.kubernetes.io/name": chartName } },
};

const availabilityValues = {
  replicaCount: 2,
  podDisruptionBudget: { maxUnavailable: 1 },
  topologySpreadConstraints: [
    {
      ...zoneSpread,
      topologyKey: "topology.kubernetes.io/zone",
      whenUnsatisfiable: "DoNotSchedule",
      // Else a zone that is down, with tainted nodes, counts as an empty one and nothing is scheduled elsewhere.
      nodeTaintsPolicy: "Honor",
    },
    { ...zoneSpread, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "ScheduleAnyway" },
  ],
  resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { memory: "256Mi" } },
};

const securityValues = {
  podSecurityContext: {
    fsGroup: 65534,
    runAsNonRoot: true,
    seccompProfile: { type: "RuntimeDefault" },
  },
  securityContext: {
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
    capabilities: { drop: ["ALL"] },
    seccompProfile: { type: "RuntimeDefault" },
  },
};
