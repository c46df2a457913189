import type { ClusterSpec } from "./args";
import { presentClasses } from "./node-classes";

export function versionProblems({ versions, nodeClasses }: ClusterSpec): string[] {
  const { kubernetesVersion, addons, amiReleaseVersion } = versions;
  const problems: string[] = [];
  if (!/^1\.\d{2}$/.test(kubernetesVersion)) {
    problems.push(
      `versions.kubernetesVersion: got "${kubernetesVersion}", need a minor version, such as 1.35`,
    );
  }
  for (const [addon, version] of Object.entries(addons)) {
    if (/^v\d+\.\d+\.\d+-eksbuild\.\d+$/.test(version)) continue;
    problems.push(
      `versions.addons.${addon}: got "${version}", need an exact build, such as v1.2.3-eksbuild.4`,
    );
  }
  if (!addons["kube-proxy"].startsWith(`v${kubernetesVersion}.`)) {
    problems.push(
      `versions.addons.kube-proxy: got "${addons["kube-proxy"]}", need the cluster's minor, ${kubernetesVersion}`,
    );
  }
  const imageTypes = new Set(presentClasses(nodeClasses).map(([, { amiType }]) => amiType));
  for (const imageType of imageTypes) {
    const release = amiReleaseVersion[imageType];
    if (release?.startsWith(`${kubernetesVersion}.`) && /^[\d.]+-\d{8}$/.test(release)) continue;
    problems.push(
      `versions.amiReleaseVersion.${imageType}: got ${quoted(release)}, need a release for ${kubernetesVersion}, such as ${kubernetesVersion}.1-20260101`,
    );
  }
  return [...problems, ...controllerProblems(versions.loadBalancerController)];
}

function controllerProblems({
  chart,
  image,
}: ClusterSpec["versions"]["loadBalancerController"]): string[] {
  const path = "versions.loadBalancerController";
  const problems: string[] = [];
  if (!/^(https:\/\/|oci:\/\/|\.{0,2}\/)[^\s]+$/.test(chart.repository)) {
    problems.push(
      `${path}.chart.repository: got "${chart.repository}", need an https:// repository, an oci:// path or a local folder`,
    );
  }
  if (!/^\d+\.\d+\.\d+$/.test(chart.version)) {
    problems.push(`${path}.chart.version: got "${chart.version}", need an exact version`);
  }
  if (!/^v\d+\.\d+\.\d+$/.test(image.tag)) {
    problems.push(`${path}.image.tag: got "${image.tag}", need an exact version, such as v1.2.3`);
  }
  if (image.digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(image.digest)) {
    problems.push(
      `${path}.image.digest: got "${image.digest}", need sha256: and 64 hexadecimal digits`,
    );
  }
  return problems;
}

function quoted(text: string | undefined): string {
  return text === undefined ? "none" : `"${text}"`;
}
