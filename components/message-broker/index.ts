export { MessageBroker } from "./message-broker";
export type {
  BrokerAdministrator,
  BrokerUser,
  MessageBrokerArgs,
  UserRotationNetwork,
} from "./args";
