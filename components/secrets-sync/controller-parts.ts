export const controllerLabels = { "app.kubernetes.io/managed-by": "pulumi" } as const;

export function resources(memory: string) {
  return { requests: { cpu: "50m", memory }, limits: { memory } };
}

/** What Pod Security at its strictest asks of a container, and a file system that nobody writes to. */
export const containerSecurity = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
} as const;
