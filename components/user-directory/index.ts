export {
  userDirectoryDefaults,
  type HostedApplication,
  type SenderIdentity,
  type SignInDomain,
  type UserDirectoryArgs,
} from "./args";
export { UserDirectory } from "./user-directory";
