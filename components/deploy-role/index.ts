export type { DeployRoleArgs, GitHubRepository } from "./args";
export { DeployRole } from "./deploy-role";
