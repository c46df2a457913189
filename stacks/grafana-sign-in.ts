/** Grafana has no way in from outside: people forward a port, and sign in by the pool's pages. */
export const grafanaUrl = "http://localhost:3000";

/** Groups of the user pool; whoever is in none of them does not get into Grafana. */
export const grafanaGroups = {
  administrators: "platform-administrators",
  viewers: "platform-viewers",
} as const;

/** What the user pool has to know of Grafana. */
export const grafanaSignIn = {
  applications: {
    grafana: {
      callbackUrls: [`${grafanaUrl}/login/generic_oauth`],
      logoutUrls: [`${grafanaUrl}/login`],
    },
  },
  groups: {
    [grafanaGroups.administrators]: "Change what Grafana shows, until it starts again",
    [grafanaGroups.viewers]: "See metrics, logs and traces of the platform in Grafana",
  },
} as const;
