/** The component library: what another Pulumi program installs this package for. */
export * from "./alarm-topic";
export * from "./deploy-role";
export * from "./edge-protection";
export * from "./flow-log-analysis";
export * from "./image-registry";
export * from "./multi-az-cluster";
export * from "./platform-service";
export * from "./public-ingress";
export * from "./secrets-sync";
export * from "./secure-vpc";
export * from "./service-conversations";
export * from "./service-namespace";
export * from "./user-directory";
export * from "./vulnerability-scanner";
export { ArgsError } from "./shared/args-error";
export { assertCatalogue, checkCatalogue } from "./shared/catalogue";
export type * from "./shared/service-record";
export { charts, images, kubernetesMatrix, supportedKubernetes } from "./shared/versions";
