import { isTree } from "./is-tree";
import { unknownValue } from "./known";
import type { Pod } from "./pods";
import { listAt, textAt, textsAt, valueAt } from "./tree";
import { containersOf } from "./workloads";

/** Kinds of volumes that hold nothing of the node. */
const volumeKinds = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

const sysctls = [
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.ping_group_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_wmem",
];

const seLinuxTypes = [
  "",
  "container_t",
  "container_init_t",
  "container_kvm_t",
  "container_engine_t",
];
const hooks = ["livenessProbe", "readinessProbe", "startupProbe"] as const;

/**
 * What keeps a pod from the profile `restricted`, in the words of its manifest.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
 */
export function restrictedProblems(pod: Pod): string[] {
  const problems = [...podProblems(pod)];
  for (const { path, container } of containersOf(pod)) {
    const context = valueAt(container, "securityContext");
    const at = `${path}.securityContext`;
    problems.push(
      ...privilegeProblems(context, at),
      ...userProblems(context, { path: at, above: valueAt(pod.spec, "securityContext") }),
      ...seccompProblems(context, { path: at, above: valueAt(pod.spec, "securityContext") }),
      ...contextProblems(context, at),
      ...hostProblems(container, path),
    );
  }
  return problems;
}

function podProblems({ path, spec }: Pod): string[] {
  const problems: string[] = [];
  for (const key of ["hostNetwork", "hostPID", "hostIPC"])
    if (valueAt(spec, key) === true) problems.push(`${path}.${key}: is true`);
  listAt(spec, "volumes").forEach((volume, index) => {
    if (!isTree(volume)) return;
    const kind = Object.keys(volume).find((key) => key !== "name");
    // A volume without a kind is an emptyDir.
    if (kind === undefined || kind === "image" || volumeKinds.includes(kind)) return;
    problems.push(
      `${path}.volumes[${textAt(volume, "name") ?? index}]: is of the kind ${kind}, need one of ${volumeKinds.join(", ")}`,
    );
  });
  const context = valueAt(spec, "securityContext");
  listAt(context, "sysctls").forEach((sysctl) => {
    const name = textAt(sysctl, "name");
    if (name !== undefined && !sysctls.includes(name))
      problems.push(`${path}.securityContext.sysctls: sets ${name}`);
  });
  return [...problems, ...contextProblems(context, `${path}.securityContext`)];
}

/** What a security context may not say, of a pod or a container. */
function contextProblems(context: unknown, path: string): string[] {
  const problems: string[] = [];
  const type = valueAt(context, "seLinuxOptions", "type");
  if (typeof type === "string" && !seLinuxTypes.includes(type))
    problems.push(`${path}.seLinuxOptions.type: is ${type}`);
  for (const key of ["user", "role"])
    if ((textAt(context, "seLinuxOptions", key) ?? "") !== "")
      problems.push(`${path}.seLinuxOptions.${key}: is set`);
  if (valueAt(context, "windowsOptions", "hostProcess") === true)
    problems.push(`${path}.windowsOptions.hostProcess: is true`);
  if (textAt(context, "appArmorProfile", "type") === "Unconfined")
    problems.push(`${path}.appArmorProfile.type: is Unconfined`);
  const procMount = textAt(context, "procMount");
  if (procMount !== undefined && procMount !== "Default")
    problems.push(`${path}.procMount: is ${procMount}`);
  if (valueAt(context, "runAsUser") === 0) problems.push(`${path}.runAsUser: is 0`);
  return problems;
}

function privilegeProblems(context: unknown, path: string): string[] {
  const problems: string[] = [];
  if (valueAt(context, "privileged") === true) problems.push(`${path}.privileged: is true`);
  if (!isOneOf(valueAt(context, "allowPrivilegeEscalation"), false))
    problems.push(`${path}.allowPrivilegeEscalation: is not false`);
  const capabilities = valueAt(context, "capabilities");
  if (!isOpen(context) && !isOpen(capabilities) && !isOpen(valueAt(capabilities, "drop")))
    if (!textsAt(capabilities, "drop").includes("ALL"))
      problems.push(`${path}.capabilities.drop: lacks ALL`);
  const added = textsAt(capabilities, "add").filter((name) => name !== "NET_BIND_SERVICE");
  if (added.length > 0) problems.push(`${path}.capabilities.add: has ${added.join(", ")}`);
  return problems;
}

interface Inherited {
  readonly path: string;
  /** The pod's security context, which decides where the container's is silent. */
  readonly above: unknown;
}

function userProblems(context: unknown, { path, above }: Inherited): string[] {
  const nonRoot = valueAt(context, "runAsNonRoot") ?? valueAt(above, "runAsNonRoot");
  return isOneOf(nonRoot, true) ? [] : [`${path}.runAsNonRoot: is not true, nor is the pod's`];
}

function seccompProblems(context: unknown, { path, above }: Inherited): string[] {
  const profile = valueAt(context, "seccompProfile") ?? valueAt(above, "seccompProfile");
  return isOneOf(valueAt(profile, "type"), "RuntimeDefault", "Localhost")
    ? []
    : [`${path}.seccompProfile: is neither RuntimeDefault nor Localhost, nor is the pod's`];
}

function hostProblems(container: unknown, path: string): string[] {
  const ports = listAt(container, "ports").flatMap((port) => {
    const host = valueAt(port, "hostPort");
    if (typeof host !== "number" || host === 0) return [];
    return [`${path}.ports: takes the node's port ${host}`];
  });
  const probes = hooks.flatMap((hook) =>
    ["httpGet", "tcpSocket"].flatMap((kind) =>
      (textAt(container, hook, kind, "host") ?? "") === ""
        ? []
        : [`${path}.${hook}.${kind}.host: is set`],
    ),
  );
  return [...ports, ...probes];
}

/** What a preview does not know yet is held for right. */
function isOneOf(value: unknown, ...accepted: readonly unknown[]): boolean {
  return isOpen(value) || accepted.includes(value);
}

function isOpen(value: unknown): boolean {
  return value === unknownValue;
}
