import * as pulumi from "@pulumi/pulumi";
import type { ObservabilityStackSpec } from "./args";
import { imageByBareSha, noRights, onSystemNodes, resourcesOf, unprivileged } from "./hardening";
import { dataSources } from "./data-sources";
import { namespaces } from "./parts";
import { sizes } from "./sizes";

/** By this label, and in this namespace, a ConfigMap's files are dashboards. */
export const dashboardLabel = { grafana_dashboard: "1" } as const;
/** In this annotation a ConfigMap says in which folder. */
export const dashboardFolderAnnotation = "grafana_folder";

export const grafanaAccount = "grafana";

/**
 * Grafana keeps nothing of its own: dashboards and data sources come from code, people from the user pool. One pod, which
 * another replaces within a minute, needs no database that two would have to share.
 */
export function grafanaValues(spec: ObservabilityStackSpec): Record<string, unknown> {
  return {
    fullnameOverride: "grafana",
    replicas: 1,
    image: imageByBareSha(spec.images.grafana),
    resources: resourcesOf(sizes.grafana),
    nodeSelector: onSystemNodes,
    securityContext: unprivileged(472),
    containerSecurityContext: noRights,
    persistence: { enabled: false },
    testFramework: { enabled: false },
    // In the chart the only way to have no administrator with a password that everybody can look up.
    env: { GF_SECURITY_DISABLE_INITIAL_ADMIN_CREATION: "true" },
    // It would read every Secret of the namespace, and so the keys of those who page people.
    rbac: { create: false },
    serviceAccount: { create: true, name: grafanaAccount },
    defaultDashboardsEnabled: true,
    defaultDashboardsEditable: false,
    sidecar: sidecarValues(spec),
    datasources: {
      "datasources.yaml": { apiVersion: 1, prune: true, datasources: dataSources },
    },
    "grafana.ini": settings(spec),
    serviceMonitor: { enabled: true },
  };
}

/** Reads ConfigMaps of its own namespace. Grafana looks for new files by itself. */
function sidecarValues({ images }: ObservabilityStackSpec) {
  const [[label, labelValue] = ["", ""]] = Object.entries(dashboardLabel);
  return {
    image: imageByBareSha(images.grafanaSidecar),
    resources: resourcesOf(sizes.grafanaSidecar),
    securityContext: noRights,
    dashboards: {
      enabled: true,
      label,
      labelValue,
      searchNamespace: namespaces.monitoring,
      resource: "configmap",
      skipReload: true,
      folderAnnotation: dashboardFolderAnnotation,
      provider: { allowUiUpdates: false, foldersFromFilesStructure: true },
    },
    datasources: { enabled: false },
  };
}

function settings(spec: ObservabilityStackSpec) {
  const { grafana } = spec;
  const byTls = grafana.rootUrl.startsWith("https://");
  return {
    server: { root_url: grafana.rootUrl },
    analytics: {
      reporting_enabled: false,
      check_for_updates: false,
      check_for_plugin_updates: false,
    },
    security: {
      disable_initial_admin_creation: true,
      disable_gravatar: true,
      // On localhost there is no TLS for a cookie to insist on.
      cookie_secure: byTls,
      strict_transport_security: byTls,
      content_security_policy: true,
    },
    users: { allow_sign_up: false, allow_org_create: false, viewers_can_edit: false },
    "auth.anonymous": { enabled: false },
    "auth.basic": { enabled: false },
    auth: {
      disable_login_form: true,
      oauth_auto_login: true,
      signout_redirect_url: pulumi.interpolate`https://${grafana.signInHost}/logout?client_id=${grafana.clientId}&logout_uri=${grafana.rootUrl}/login`,
    },
    "auth.generic_oauth": signIn(spec),
    snapshots: { external_enabled: false },
    // Alerts are Prometheus's: what fires is tested.
    unified_alerting: { enabled: false },
  };
}

/**
 * By the pool's pages and a code that PKCE binds to this browser, so that no secret is kept. Whoever is in neither group
 * has no role, and without a role nobody gets in.
 * @see https://grafana.com/docs/grafana/latest/setup-grafana/configure-access/configure-authentication/generic-oauth/
 */
function signIn({ grafana }: ObservabilityStackSpec) {
  const { signInHost, clientId, groups } = grafana;
  const host = `https://${signInHost}`;
  const has = (group: string) => `contains("cognito:groups"[*], '${group}')`;
  return {
    enabled: true,
    name: "Auterity",
    client_id: clientId,
    scopes: "openid email profile",
    auth_url: `${host}/oauth2/authorize`,
    token_url: `${host}/oauth2/token`,
    api_url: `${host}/oauth2/userInfo`,
    use_pkce: true,
    use_refresh_token: true,
    auth_style: "InParams",
    allow_sign_up: true,
    allow_assign_grafana_admin: false,
    login_attribute_path: "email",
    role_attribute_strict: true,
    role_attribute_path: `${has(groups.administrators)} && 'Admin' || ${has(groups.viewers)} && 'Viewer'`,
  };
}
