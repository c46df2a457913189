/** What the picture shows, read from what the program registers. */
export interface Architecture {
  readonly region: string;
  readonly network: Network | undefined;
  readonly cluster: Cluster | undefined;
  readonly namespaces: readonly Namespace[];
  readonly entrance: Entrance | undefined;
  readonly stores: readonly StoreInUse[];
  /** How many hosts outside services may talk to. */
  readonly outsideHosts: number;
  /** Other regions that resources stand in. */
  readonly otherRegions: readonly OtherRegion[];
}

export interface Network {
  readonly name: string;
  readonly cidrBlock: string;
  readonly zones: readonly Zone[];
  readonly gatewayEndpoints: readonly string[];
  readonly interfaceEndpoints: readonly string[];
  /** One gateway that AWS spreads over the zones. */
  readonly regionalNat: boolean;
}

export interface Zone {
  readonly name: string;
  readonly subnets: readonly Subnet[];
  readonly hasNat: boolean;
  readonly nodeGroups: readonly NodeGroup[];
}

export type Exposure = "public" | "private" | "isolated";

export interface Subnet {
  readonly tier: string;
  readonly exposure: Exposure;
  /** "/20" where only the size is known before the provider lays it out. */
  readonly cidrBlock: string;
}

export interface NodeGroup {
  readonly nodeClass: string;
  readonly instanceTypes: readonly string[];
  readonly spot: boolean;
  readonly tainted: boolean;
  readonly min: number;
  readonly max: number;
}

export interface Cluster {
  readonly name: string;
  readonly version: string;
  /** "private endpoint", "public endpoint for 203.0.113.0/24", … */
  readonly access: string;
  readonly addons: readonly string[];
  readonly controllers: readonly string[];
}

export interface Namespace {
  readonly name: string;
  readonly workloads: readonly Workload[];
}

export interface Workload {
  readonly name: string;
  readonly replicas: number;
  readonly maxReplicas: number;
  readonly tier: string;
  readonly nodeClass: string;
  /** Host names under which the internet reaches it. */
  readonly hosts: readonly string[];
}

export interface Entrance {
  readonly name: string;
  readonly scheme: string;
  readonly hosts: readonly string[];
}

export interface StoreInUse {
  readonly name: string;
  readonly callers: readonly string[];
}

export interface OtherRegion {
  readonly region: string;
  readonly recovery: boolean;
  /** Resource types with their counts, such as "7 ecr Repository". */
  readonly contents: readonly string[];
}
