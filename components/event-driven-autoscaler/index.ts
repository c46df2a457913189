export { eventDrivenAutoscalerDefaults, type EventDrivenAutoscalerArgs } from "./args";
export { EventDrivenAutoscaler } from "./event-driven-autoscaler";
export { autoscalerWebhookPorts } from "./network";
