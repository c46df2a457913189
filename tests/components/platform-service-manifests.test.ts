import { expect } from "chai";
import { api, stock } from "./platform-service-fixture";
import { image, manifests, template, type Json } from "./platform-service-manifests";

const labels = {
  "app.kubernetes.io/name": "shop-api",
  "app.kubernetes.io/part-of": "shop",
  "app.kubernetes.io/component": "api",
  "app.kubernetes.io/managed-by": "pulumi",
  "auterity.io/team": "checkout",
  "auterity.io/tier": "critical",
};
const versioned = { ...labels, "app.kubernetes.io/version": "1.4.2" };
const metadata = { name: "shop-api", namespace: "shop", labels };
const selector = { "app.kubernetes.io/name": "shop-api" };

describe("PlatformService's manifests", () => {
  it("give the account no token", async () => {
    const { ServiceAccount } = await manifests(api);
    expect(ServiceAccount).to.deep.equal({
      apiVersion: "v1",
      kind: "ServiceAccount",
      metadata,
      automountServiceAccountToken: false,
    });
  });

  it("tell the load balancer on the Service how to check and drain this service", async () => {
    const { Service } = await manifests(api);
    expect(Service).to.deep.equal({
      apiVersion: "v1",
      kind: "Service",
      metadata: {
        ...metadata,
        annotations: {
          "alb.ingress.kubernetes.io/healthcheck-path": "/ready",
          "alb.ingress.kubernetes.io/healthcheck-interval-seconds": "10",
          "alb.ingress.kubernetes.io/healthcheck-timeout-seconds": "5",
          "alb.ingress.kubernetes.io/healthy-threshold-count": "2",
          "alb.ingress.kubernetes.io/unhealthy-threshold-count": "3",
          "alb.ingress.kubernetes.io/success-codes": "200",
          "alb.ingress.kubernetes.io/target-group-attributes":
            "deregistration_delay.timeout_seconds=55,load_balancing.algorithm.type=least_outstanding_requests,load_balancing.cross_zone.enabled=true",
        },
      },
      spec: {
        type: "ClusterIP",
        selector,
        trafficDistribution: "PreferSameZone",
        ports: [
          { name: "http", port: 8000, targetPort: "http", protocol: "TCP", appProtocol: "http" },
        ],
      },
    });
  });

  it("say nothing of a load balancer where a service is not public", async () => {
    const { Service } = await manifests(stock);
    expect((Service?.["metadata"] as Json)["annotations"]).to.deep.equal({});
  });

  it("let a quarter of the pods go at a time, and always those that are not ready", async () => {
    const { PodDisruptionBudget } = await manifests(api);
    expect(PodDisruptionBudget?.["spec"]).to.deep.equal({
      maxUnavailable: "25%",
      unhealthyPodEvictionPolicy: "AlwaysAllow",
      selector: { matchLabels: selector },
    });
  });

  it("ask for new pods when a Secret changes that they use", async () => {
    const secretEnvironment = { DATABASE_URL: { secretName: "database", key: "url" } };
    const { Deployment } = await manifests(api, { secretEnvironment });
    expect(Deployment?.["metadata"]).to.deep.equal({
      ...metadata,
      labels: versioned,
      annotations: { "reloader.stakater.com/auto": "true" },
    });
  });

  it("replace pods without ever having fewer", async () => {
    const { Deployment } = await manifests(api);
    const spec = Deployment?.["spec"] as Json;
    expect(Deployment?.["metadata"]).to.deep.equal({ ...metadata, labels: versioned });
    expect({ ...spec, template: {} }).to.deep.equal({
      template: {},
      replicas: 3,
      selector: { matchLabels: selector },
      strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: "25%" } },
      minReadySeconds: 10,
      progressDeadlineSeconds: 662,
      revisionHistoryLimit: 3,
    });
  });

  it("describe the whole pod of a public service", async () => {
    const pod = await template(api, { labels: { environment: "test" } });
    expect(pod.metadata).to.deep.equal({ labels: { ...versioned, environment: "test" } });
    const { containers, ...spec } = pod.spec;
    const spread = {
      maxSkew: 1,
      labelSelector: { matchLabels: selector },
      matchLabelKeys: ["pod-template-hash"],
      nodeTaintsPolicy: "Honor",
    };
    expect(spec).to.deep.equal({
      serviceAccountName: "shop-api",
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      priorityClassName: "auterity-critical",
      terminationGracePeriodSeconds: 55,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 10001,
        runAsGroup: 10001,
        fsGroup: 10001,
        fsGroupChangePolicy: "OnRootMismatch",
        seccompProfile: { type: "RuntimeDefault" },
      },
      nodeSelector: { workload: "general", "kubernetes.io/arch": "amd64" },
      tolerations: [
        {
          key: "node.kubernetes.io/not-ready",
          operator: "Exists",
          effect: "NoExecute",
          tolerationSeconds: 30,
        },
        {
          key: "node.kubernetes.io/unreachable",
          operator: "Exists",
          effect: "NoExecute",
          tolerationSeconds: 30,
        },
      ],
      topologySpreadConstraints: [
        {
          ...spread,
          topologyKey: "topology.kubernetes.io/zone",
          whenUnsatisfiable: "DoNotSchedule",
          minDomains: 2,
        },
        { ...spread, topologyKey: "kubernetes.io/hostname", whenUnsatisfiable: "ScheduleAnyway" },
      ],
      volumes: [
        { name: "writable-tmp", emptyDir: { sizeLimit: "256Mi" } },
        { name: "writable-var-cache-app", emptyDir: { sizeLimit: "256Mi" } },
      ],
    });
    expect(containers).to.deep.equal([
      {
        name: "shop-api",
        image,
        imagePullPolicy: "IfNotPresent",
        ports: [{ name: "http", containerPort: 8000, protocol: "TCP" }],
        env: [
          { name: "LOG_LEVEL", value: "info" },
          { name: "NODE_NAME", valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } },
          { name: "POD_NAME", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
        ],
        resources: {
          requests: { cpu: "500m", memory: "1Gi", "ephemeral-storage": "562Mi" },
          limits: { cpu: "1", memory: "2Gi", "ephemeral-storage": "562Mi" },
        },
        readinessProbe: {
          httpGet: { path: "/ready", port: "http" },
          periodSeconds: 5,
          timeoutSeconds: 3,
          failureThreshold: 3,
        },
        livenessProbe: {
          httpGet: { path: "/live", port: "http" },
          periodSeconds: 10,
          timeoutSeconds: 5,
          failureThreshold: 6,
        },
        startupProbe: {
          httpGet: { path: "/live", port: "http" },
          periodSeconds: 5,
          timeoutSeconds: 5,
          // 62 seconds in steps of 5: 12 would be two seconds short.
          failureThreshold: 13,
        },
        lifecycle: { preStop: { sleep: { seconds: 20 } } },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
        volumeMounts: [
          { name: "writable-tmp", mountPath: "/tmp" },
          { name: "writable-var-cache-app", mountPath: "/var/cache/app" },
        ],
      },
    ]);
  });
});
