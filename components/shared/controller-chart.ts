/** Chart of a controller, and the image that it runs: both at exactly one version. */
export interface ControllerVersion {
  readonly chart: {
    /** `https://` repository, `oci://` path, or a local folder ("./", "../" or "/") that holds the chart's folder. */
    readonly repository: string;
    readonly version: string;
  };
  readonly image: {
    readonly repository: string;
    readonly tag: string;
    /** "sha256:…" Default: the tag alone decides. */
    readonly digest?: string;
  };
}

/** What a Helm release takes. A repository, a registry or a folder: mirrors differ in nothing else. */
export function chartLocation(chart: string, { repository, version }: ControllerVersion["chart"]) {
  if (repository.startsWith("https://"))
    return { chart, version, repositoryOpts: { repo: repository } };
  return { chart: `${repository.replace(/\/$/, "")}/${chart}`, version };
}

/** Tag of the image, with its digest where there is one: charts put a colon before it and nothing behind. */
export function pinnedTag({ tag, digest }: ControllerVersion["image"]): string {
  return digest === undefined ? tag : `${tag}@${digest}`;
}

export function controllerVersionProblems(
  path: string,
  { chart, image }: ControllerVersion,
): string[] {
  const problems: string[] = [];
  if (!/^(https:\/\/|oci:\/\/|\.{0,2}\/)[^\s]+$/.test(chart.repository))
    problems.push(
      `${path}.chart.repository: got "${chart.repository}", need an https:// repository, an oci:// path or a local folder`,
    );
  if (!/^\d+\.\d+\.\d+$/.test(chart.version))
    problems.push(`${path}.chart.version: got "${chart.version}", need an exact version`);
  if (!/^v\d+\.\d+\.\d+$/.test(image.tag))
    problems.push(`${path}.image.tag: got "${image.tag}", need an exact version, such as v1.2.3`);
  if (image.digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(image.digest))
    problems.push(
      `${path}.image.digest: got "${image.digest}", need sha256: and 64 hexadecimal digits`,
    );
  return problems;
}
