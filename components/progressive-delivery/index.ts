export type { ProgressiveDeliveryArgs } from "./args";
export { ProgressiveDelivery } from "./progressive-delivery";
