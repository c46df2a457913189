import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Certificate } from "./certificates";
import { goTool } from "./go-tools";
import { connectKubernetes, type KubernetesApi } from "./kubernetes-api";
import { freePorts, waitFor, type RunningProgram, type Stage } from "./processes";
import type { ToolContext } from "./tool-cache";

/** A real API server on its own etcd: no nodes, no controllers but those that a drill brings. */
export interface ControlPlane {
  readonly api: KubernetesApi;
  readonly url: string;
  /** File for programs, with all rights. */
  readonly kubeconfig: string;
  /** The same with no more rights than the cluster gives to this part of it. */
  readonly kubeconfigs: Readonly<Record<Controller, string>>;
  /** File with the certificate that the server's is signed by. */
  readonly certificateAuthority: string;
  readonly programs: readonly RunningProgram[];
  /** File with the key that tokens of service accounts are signed with, ES256. */
  readonly serviceAccountKey: string;
  /** Until it was ready, without building it. */
  readonly startSeconds: number;
}

export interface ControlPlaneOptions {
  /** Of service account tokens. Default: "https://kubernetes.default.svc". */
  readonly issuer?: string;
  /**
   * Certificate by which servers of more APIs know that it is the API server who asks, given if a drill brings such
   * servers and the controllers that make service accounts.
   */
  readonly frontProxy?: Certificate & { readonly certificateAuthority: string };
}

/** Parts of the control plane that are users of its API. */
export type Controller = "kube-controller-manager" | "kube-scheduler";

const controllers: readonly Controller[] = ["kube-controller-manager", "kube-scheduler"];

const defaultIssuer = "https://kubernetes.default.svc";

const readySeconds = 120;
const serviceRange = "10.0.0.0/16";

/** Builds what is missing, and starts it. */
export async function startControlPlane(
  stage: Stage,
  context: ToolContext,
  options: ControlPlaneOptions = {},
): Promise<ControlPlane> {
  const etcdProgram = await goTool("etcd", context);
  const apiServerProgram = await goTool("kube-apiserver", context);
  const folder = join(stage.folder, "control-plane");
  mkdirSync(folder);
  const [clientPort = 0, peerPort = 0, apiPort = 0] = await freePorts(3);
  const start = performance.now();
  const etcd = stage.start({
    name: "etcd",
    program: etcdProgram,
    args: etcdArguments(folder, clientPort, peerPort),
  });
  const credentials = writeCredentials(folder);
  const apiServer = stage.start({
    name: "kube-apiserver",
    program: apiServerProgram,
    args: [
      `--etcd-servers=http://127.0.0.1:${clientPort}`,
      `--service-account-issuer=${options.issuer ?? defaultIssuer}`,
      ...apiServerArguments(credentials, apiPort),
      ...extensionArguments(options),
    ],
  });
  const programs = [etcd, apiServer];
  const { certificateAuthority, token, serviceAccountKey } = credentials;
  const address = { url: `https://127.0.0.1:${apiPort}`, certificateAuthority, token };
  const need = { what: "the API server", seconds: readySeconds, needs: programs };
  // It writes its own certificate, before it listens.
  await waitFor(need, () => existsSync(certificateAuthority) || undefined);
  const api = connectKubernetes(address);
  await waitFor(need, () =>
    api
      .read({ apiVersion: "v1", kind: "Namespace", metadata: { name: "default" } })
      .catch(() => undefined),
  );
  const kubeconfigFor = (user: string, ofUser: string): string => {
    const file = join(folder, `${user}.kubeconfig`);
    writeFileSync(file, JSON.stringify(kubeconfigOf({ ...address, token: ofUser })));
    return file;
  };
  const kubeconfigs = Object.fromEntries(
    controllers.map((user) => [user, kubeconfigFor(user, credentials.tokens[user])]),
  ) as Record<Controller, string>;
  return {
    ...{ api, url: address.url, certificateAuthority, kubeconfigs, programs, serviceAccountKey },
    kubeconfig: kubeconfigFor("drill", token),
    startSeconds: (performance.now() - start) / 1000,
  };
}

function etcdArguments(folder: string, clientPort: number, peerPort: number): string[] {
  const [client, peer] = [`http://127.0.0.1:${clientPort}`, `http://127.0.0.1:${peerPort}`];
  return [
    ...[`--data-dir=${join(folder, "etcd")}`, "--unsafe-no-fsync", "--log-level=warn"],
    ...[`--listen-client-urls=${client}`, `--advertise-client-urls=${client}`],
    ...[`--listen-peer-urls=${peer}`, `--initial-advertise-peer-urls=${peer}`],
    `--initial-cluster=default=${peer}`,
  ];
}

interface Credentials {
  readonly folder: string;
  readonly certificateAuthority: string;
  readonly tokenFile: string;
  readonly token: string;
  readonly tokens: Readonly<Record<Controller, string>>;
  readonly serviceAccountKey: string;
}

/** Made anew for each start: a token instead of client certificates, so that no program is needed to sign them. */
function writeCredentials(folder: string): Credentials {
  const token = randomBytes(32).toString("hex");
  const tokenFile = join(folder, "tokens.csv");
  const tokens = {
    "kube-controller-manager": randomBytes(32).toString("hex"),
    "kube-scheduler": randomBytes(32).toString("hex"),
  };
  const users = controllers.map((user) => `${tokens[user]},system:${user},${user}`);
  const rows = [`${token},drill,drill,system:masters`, ...users];
  writeFileSync(tokenFile, `${rows.join("\n")}\n`, { mode: 0o600 });
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const serviceAccountKey = join(folder, "service-accounts.key");
  const pem = privateKey.export({ type: "sec1", format: "pem" });
  writeFileSync(serviceAccountKey, pem, { mode: 0o600 });
  const certificateAuthority = join(folder, "apiserver.crt");
  return { folder, certificateAuthority, tokenFile, token, tokens, serviceAccountKey };
}

function apiServerArguments(
  { folder, tokenFile, serviceAccountKey }: Credentials,
  port: number,
): string[] {
  return [
    ...["--bind-address=127.0.0.1", "--advertise-address=127.0.0.1", `--secure-port=${port}`],
    `--cert-dir=${folder}`,
    `--token-auth-file=${tokenFile}`,
    "--authorization-mode=Node,RBAC",
    `--service-cluster-ip-range=${serviceRange}`,
    `--service-account-key-file=${serviceAccountKey}`,
    `--service-account-signing-key-file=${serviceAccountKey}`,
    "--endpoint-reconciler-type=none",
    // As in EKS: it is for Pod Security to refuse what is privileged.
    "--allow-privileged=true",
  ];
}

function extensionArguments({ frontProxy }: ControlPlaneOptions): string[] {
  // Nobody stands in for the controller that makes the account of a namespace.
  if (frontProxy === undefined) return ["--disable-admission-plugins=ServiceAccount"];
  return [
    `--proxy-client-cert-file=${frontProxy.certificate}`,
    `--proxy-client-key-file=${frontProxy.key}`,
    // Nobody comes with such a certificate, but a server of more APIs does not start without the authority.
    `--client-ca-file=${frontProxy.certificateAuthority}`,
    "--requestheader-allowed-names=front-proxy",
    `--requestheader-client-ca-file=${frontProxy.certificateAuthority}`,
    "--requestheader-username-headers=X-Remote-User",
    "--requestheader-group-headers=X-Remote-Group",
    "--requestheader-extra-headers-prefix=X-Remote-Extra-",
  ];
}

interface Address {
  readonly url: string;
  readonly certificateAuthority: string;
  readonly token: string;
}

function kubeconfigOf({ url, certificateAuthority, token }: Address): object {
  return {
    ...{ apiVersion: "v1", kind: "Config", "current-context": "drill" },
    clusters: [
      { name: "drill", cluster: { server: url, "certificate-authority": certificateAuthority } },
    ],
    users: [{ name: "drill", user: { token } }],
    contexts: [{ name: "drill", context: { cluster: "drill", user: "drill" } }],
  };
}
