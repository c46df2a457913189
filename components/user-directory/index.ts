export {
  userDirectoryDefaults,
  type SenderIdentity,
  type SignInDomain,
  type UserDirectoryArgs,
} from "./args";
export { UserDirectory } from "./user-directory";
