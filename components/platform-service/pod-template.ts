import type { types } from "@pulumi/kubernetes";
import { dirname } from "node:path";
import {
  amountsAsQuantities,
  containerAmounts,
  defaultWritableSize,
} from "../shared/container-resources";
import { drainSeconds, terminationGraceSeconds } from "../shared/graceful-stop";
import { isLabelValue } from "../shared/kubernetes-names";
import { volumeName } from "../shared/record-workload";
import { serviceLabels } from "../shared/service-labels";
import { databaseCertificatesPath } from "../shared/store-user-values";
import { imageTag, type ResolvedPlatformServiceArgs } from "./args";
import { environment } from "./environment";
import { placement } from "./placement";
import { containerProbes } from "./probes";

type PodTemplate = types.input.core.v1.PodTemplateSpec;
type Container = types.input.core.v1.Container;

/** Name of the container's and the Service's port. */
export const portName = "http";

/**
 * The user in every container. A number, because the kubelet cannot tell from a name that it is not root, and above
 * those that images and nodes use themselves.
 */
const userId = 10001;

/** Labels of everything that a service has. */
export function resourceLabels(spec: ResolvedPlatformServiceArgs): Record<string, string> {
  return { ...spec.labels, ...serviceLabels(spec.record) };
}

/** Those of what runs, with its version: on anything else, each release would be a change. */
export function workloadLabels(spec: ResolvedPlatformServiceArgs): Record<string, string> {
  const version = imageTag(spec.image);
  return {
    ...resourceLabels(spec),
    // An image's tag may be longer than a label's value.
    ...(version !== undefined && isLabelValue(version) && { "app.kubernetes.io/version": version }),
  };
}

/** The pod of a service, the same for whatever controller runs it. */
export function podTemplate(
  spec: ResolvedPlatformServiceArgs,
  serviceAccountName: types.input.core.v1.PodSpec["serviceAccountName"],
): PodTemplate {
  const { record } = spec;
  return {
    metadata: { labels: workloadLabels(spec) },
    spec: {
      serviceAccountName,
      automountServiceAccountToken: false,
      // Variables for every Service of the namespace: the environment would depend on what was created before.
      enableServiceLinks: false,
      priorityClassName: spec.priorityClassNames[record.tier],
      terminationGracePeriodSeconds: terminationGraceSeconds(record),
      securityContext: {
        runAsNonRoot: true,
        runAsUser: userId,
        runAsGroup: userId,
        fsGroup: userId,
        fsGroupChangePolicy: "OnRootMismatch",
        seccompProfile: { type: "RuntimeDefault" },
      },
      ...placement(record, spec.zones),
      containers: [container(spec)],
      volumes: [
        ...record.writablePaths.map((path) => ({
          name: volumeName(path),
          emptyDir: { sizeLimit: record.writableSize ?? defaultWritableSize },
        })),
        ...certificateVolumes(spec),
      ],
    },
  };
}

function container(spec: ResolvedPlatformServiceArgs): Container {
  const { record } = spec;
  const { requests, limits } = containerAmounts(record);
  const drain = drainSeconds(record);
  return {
    name: record.name,
    image: spec.image,
    // Tags are immutable in our registry and releases carry a digest: what a node has is what was asked for.
    imagePullPolicy: "IfNotPresent",
    ...(record.port !== undefined && {
      ports: [{ name: portName, containerPort: record.port, protocol: "TCP" }],
    }),
    env: environment(spec),
    resources: { requests: amountsAsQuantities(requests), limits: amountsAsQuantities(limits) },
    ...containerProbes(record.probes, portName),
    ...(drain > 0 && { lifecycle: { preStop: { sleep: { seconds: drain } } } }),
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    },
    volumeMounts: [
      ...record.writablePaths.map((path) => ({ name: volumeName(path), mountPath: path })),
      ...certificateVolumes(spec).map(({ name }) => ({
        ...{ name, mountPath: dirname(databaseCertificatesPath), readOnly: true },
      })),
    ],
  };
}

function certificateVolumes({ databaseCertificates }: ResolvedPlatformServiceArgs) {
  if (databaseCertificates === undefined) return [];
  return [{ name: "database-certificates", configMap: { name: databaseCertificates } }];
}
