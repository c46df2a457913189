export { serviceConversationsDefaults, type ServiceConversationsArgs } from "./args";
export {
  conversationNodeEgress,
  type ConversationEgress,
  type ConversationEgressArgs,
} from "./node-egress";
export { ServiceConversations } from "./service-conversations";
export { defaultStoreEndpoints, type StoreEndpoint, type StoreEndpoints } from "./stores";
