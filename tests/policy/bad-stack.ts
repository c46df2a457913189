import { type AnalyzedResource, resource } from "../support/check-policy";
import { deployment, deploymentOf, document, release } from "./fixtures";

/** A resource with its own name, so that every URN is told apart. */
function bad(type: string, name: string, inputs: Record<string, unknown>): AnalyzedResource {
  return resource(type, inputs, { name });
}

const everything = { Effect: "Allow", Action: "*", Resource: "*" };

/** A stack in which nothing is right: every rule has to find something in it. */
export const badStack: readonly AnalyzedResource[] = [
  bad("pulumi:pulumi:Stack", "auterity-test", {}),
  bad("pulumi:providers:aws", "aws", { allowedAccountIds: '["unassigned"]' }),
  bad(deployment, "bare-tag", deploymentOf("nginx:latest")),
  bad(
    deployment,
    "unreleased",
    deploymentOf("unassigned.dkr.ecr.us-west-2.amazonaws.com/auterity/api:unreleased"),
  ),
  bad("aws:ecr/repository:Repository", "repository", {
    name: "auterity/api",
    imageTagMutability: "MUTABLE",
  }),
  bad("aws:ecr/repositoryPolicy:RepositoryPolicy", "open-repository", {
    repository: "auterity/api",
    policy: document({ Effect: "Allow", Principal: "*", Action: "ecr:BatchGetImage" }),
  }),
  bad(release, "chart", { chart: "x", values: { image: { tag: "1.0" } } }),
  bad("aws:iam/policy:Policy", "everything", { policy: document(everything) }),
  bad("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "admin", {
    role: "r",
    policyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
  }),
  bad("aws:iam/role:Role", "open-role", {
    assumeRolePolicy: document(
      { Effect: "Allow", Action: "sts:AssumeRole", Principal: "*" },
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "pods.eks.amazonaws.com" },
      },
    ),
  }),
  bad("aws:iam/user:User", "user", { name: "ci" }),
  bad("aws:eks/podIdentityAssociation:PodIdentityAssociation", "nobody", {
    clusterName: "c",
    namespace: "app",
    serviceAccount: "nobody",
    roleArn: "arn:aws:iam::111122223333:role/r",
  }),
  bad("aws:eks/accessPolicyAssociation:AccessPolicyAssociation", "everybody", {
    clusterName: "c",
    principalArn: "arn:aws:iam::111122223333:role/everybody",
    policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
  }),
  bad("aws:eks/cluster:Cluster", "cluster", { name: "c" }),
  bad("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", "super", {
    rules: [
      { apiGroups: ["*"], resources: ["*"], verbs: ["*"] },
      { apiGroups: [""], resources: ["secrets"], verbs: ["list"] },
    ],
  }),
  bad("kubernetes:core/v1:Namespace", "open", { metadata: { name: "open" } }),
  bad("kubernetes:networking.k8s.io/v1:NetworkPolicy", "everybody", {
    metadata: { namespace: "open" },
    spec: { podSelector: {}, ingress: [{}] },
  }),
  bad("kubernetes:networking.k8s.io/v1:Ingress", "wildcard", { spec: { rules: [{ host: "*" }] } }),
  bad("kubernetes:core/v1:Service", "outside", { spec: { type: "NodePort" } }),
  bad("kubernetes:core/v1:Secret", "written", { stringData: { key: "value" } }),
  bad("kubernetes:core/v1:ConfigMap", "clear", { data: { DB_PASSWORD: "hunter2" } }),
  bad("kubernetes:external-secrets.io/v1:ExternalSecret", "stale", {
    spec: { refreshInterval: "24h" },
  }),
  bad("kubernetes:storage.k8s.io/v1:StorageClass", "clear", { provisioner: "ebs.csi.aws.com" }),
  bad("aws:ec2/securityGroup:SecurityGroup", "open", {
    id: "sg-open",
    ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["0.0.0.0/0"] }],
    egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
  }),
  bad("aws:eks/addon:Addon", "cni", { addonName: "vpc-cni", clusterName: "c" }),
  bad("aws:wafv2/webAcl:WebAcl", "empty", { scope: "REGIONAL" }),
  bad("aws:ec2/launchTemplate:LaunchTemplate", "nodes", {
    userData: Buffer.from("export DB_PASSWORD=hunter2").toString("base64"),
    blockDeviceMappings: [{ ebs: { volumeSize: 50 } }],
  }),
  bad("aws:rds/instance:Instance", "database", { password: "hunter2" }),
  bad("aws:secretsmanager/secret:Secret", "kept", { name: "app/db" }),
  bad("aws:kms/key:Key", "key", { deletionWindowInDays: 7 }),
  bad("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "beside", {
    securityGroupId: "sg-open",
    ...{ ipProtocol: "tcp", fromPort: 8080, toPort: 8080, cidrIpv4: "10.0.0.0/8" },
  }),
  bad("aws:s3/bucket:Bucket", "bare-bucket", { id: "bare" }),
  bad("aws:ec2/vpc:Vpc", "vpc", {}),
  bad("aws:ec2/vpcPeeringConnection:VpcPeeringConnection", "joint", {
    ...{ vpcId: "vpc-1", peerVpcId: "vpc-2" },
  }),
  bad("aws:ec2/subnet:Subnet", "subnet", {
    ...{ id: "subnet-1", mapPublicIpOnLaunch: true, availabilityZone: "us-west-2a" },
  }),
  bad("aws:ec2/networkAclRule:NetworkAclRule", "entry", {
    ...{ ruleAction: "allow", cidrBlock: "0.0.0.0/0", protocol: "-1" },
  }),
  bad("aws:eks/nodeGroup:NodeGroup", "nodes", { remoteAccess: { ec2SshKey: "key" } }),
  bad("aws:eks/nodeGroup:NodeGroup", "dear-spot", {
    ...{ capacityType: "SPOT", instanceTypes: ["m6i.metal"] },
  }),
  bad("aws:fis/experimentTemplate:ExperimentTemplate", "endless", {
    stopConditions: [{ source: "none" }],
  }),
  bad("aws:lb/loadBalancer:LoadBalancer", "public", { loadBalancerType: "application" }),
  bad(deployment, "reads-secrets", {
    spec: {
      template: {
        spec: {
          containers: [{ name: "api", image: "x", envFrom: [{ secretRef: { name: "keys" } }] }],
        },
      },
    },
  }),
  bad("aws:s3/bucketPolicy:BucketPolicy", "clear", { bucket: "b", policy: document(everything) }),
  bad("kubernetes:apps/v1:Deployment", "everything-wrong", {
    metadata: { name: "x", namespace: "kube-system" },
    spec: {
      replicas: 2,
      strategy: { type: "Recreate" },
      template: {
        metadata: { labels: { app: "x" } },
        spec: { hostNetwork: true, containers: [{ name: "x", ports: [{ containerPort: 1 }] }] },
      },
    },
  }),
  bad("kubernetes:apps/v1:StatefulSet", "alone", { spec: { replicas: 1 } }),
  bad("kubernetes:batch/v1:Job", "endless", { spec: {} }),
  bad("kubernetes:core/v1:Service", "to-nobody", {
    metadata: { name: "nobody", namespace: "open" },
    spec: { selector: { app: "nobody" } },
  }),
  bad("aws:elasticache/replicationGroup:ReplicationGroup", "one-zone", {}),
  bad("aws:rds/cluster:Cluster", "no-reader", { backupRetentionPeriod: 1 }),
  bad("aws:elasticache/subnetGroup:SubnetGroup", "one-zone", { subnetIds: ["subnet-1"] }),
  bad("aws:ec2/subnet:Subnet", "zone-a", { id: "subnet-a", availabilityZone: "us-west-2a" }),
  bad("aws:ec2/subnet:Subnet", "zone-b", { id: "subnet-b", availabilityZone: "us-west-2b" }),
  bad("aws:ec2/natGateway:NatGateway", "only", { id: "nat", subnetId: "subnet-a" }),
  bad("aws:ec2/routeTable:RouteTable", "out", { id: "table" }),
  bad("aws:ec2/routeTableAssociation:RouteTableAssociation", "out", {
    ...{ subnetId: "subnet-b", routeTableId: "table" },
  }),
  bad("aws:cloudwatch/logGroup:LogGroup", "for-ever", { name: "/aws/lambda/x" }),
  bad("aws:cloudwatch/metricAlarm:MetricAlarm", "to-nobody", { namespace: "x", metricName: "y" }),
  bad("aws:ec2/route:Route", "out", { routeTableId: "table", natGatewayId: "nat" }),
  bad("aws:s3/bucket:Bucket", "nowhere-else", { bucket: "v", tags: { "data-class": "vital" } }),
  bad("aws:backup/vault:Vault", "unlocked", { name: "unlocked" }),
  bad("aws:route53/record:Record", "unwatched", {
    ...{ zoneId: "Z1", name: "api.example.com", type: "A" },
    failoverRoutingPolicies: [{ type: "PRIMARY" }],
  }),
];
