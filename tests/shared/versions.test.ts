import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import {
  charts,
  images,
  kubernetesMatrix,
  kubernetesVersionProblem,
  supportedKubernetes,
  supportEndsWithin,
} from "../../components/shared/versions";

const root = path.join(__dirname, "../..");
const onlyHome = path.join("components", "shared", "versions.ts");

/** What a pinned version looks like: a whole string, so that messages and comments may show one. */
const versionShapes = [
  /"v\d+\.\d+\.\d+-eksbuild\.\d+"/,
  /"\d+\.\d+\.\d+-20\d{6}"/,
  /\bversion: "v?\d+\.\d+\.\d+"/,
  /"(?:public\.ecr\.aws|registry\.k8s\.io|quay\.io|ghcr\.io|docker\.io)\/[\w./-]+:v?\d[^"]*"/,
] as const;

function linesThatPin(text: string): string[] {
  return text.split("\n").filter((line) => versionShapes.some((shape) => shape.test(line)));
}

function sourceFiles(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => path.join(folder, file));
}

describe("pinned versions", () => {
  const releases = Object.entries(kubernetesMatrix);

  it("have a row for each Kubernetes minor in standard support, the oldest first", () => {
    expect(
      releases.map(([minor, row]) => [minor, row.standardSupportEnds, row.extendedSupportEnds]),
    ).to.deep.equal([
      ["1.35", "2027-03-27", "2028-03-27"],
      ["1.36", "2027-08-02", "2028-08-02"],
    ]);
  });

  for (const [minor, row] of releases) {
    it(`name every add-on for ${minor}, each as a published build`, () => {
      expect(Object.keys(row.addons)).to.deep.equal([
        "vpc-cni",
        "kube-proxy",
        "coredns",
        "aws-ebs-csi-driver",
        "eks-pod-identity-agent",
        "eks-node-monitoring-agent",
        "metrics-server",
        "snapshot-controller",
      ]);
      for (const version of Object.values(row.addons))
        expect(version).to.match(/^v\d+\.\d+\.\d+-eksbuild\.\d+$/);
    });

    it(`keep kube-proxy and nodes of ${minor} at that minor`, () => {
      expect(row.addons["kube-proxy"]).to.match(
        new RegExp(`^v${minor.replace(".", "\\.")}\\.\\d+-`),
      );
      for (const release of Object.values(row.amiReleases))
        expect(release).to.match(new RegExp(`^${minor.replace(".", "\\.")}\\.\\d+-20\\d{6}$`));
    });

    it(`avoid, for ${minor}, the network policy bypass that vpc-cni 1.22.4 closed`, () => {
      const [major = 0, minorOfCni = 0, patch = 0] = (
        /\d+\.\d+\.\d+/.exec(row.addons["vpc-cni"])?.[0] ?? ""
      )
        .split(".")
        .map(Number);
      expect(major * 1e6 + minorOfCni * 1e3 + patch).to.be.at.least(1_022_004);
    });

    it(`avoid, for ${minor}, the node images whose kernel panics`, () => {
      for (const release of Object.values(row.amiReleases))
        expect(release).to.not.match(/-(20260930|20261003)$/);
    });
  }

  it("move vpc-cni by one minor at most from one row to the next, as EKS demands of an update", () => {
    const minors = releases.map(([, row]) => Number(row.addons["vpc-cni"].split(".")[1]));
    minors.slice(1).forEach((minor, index) => {
      expect(minor - (minors[index] ?? NaN)).to.be.within(0, 1);
    });
  });

  it("pair the load balancer controller's chart with the image it was made for", () => {
    expect(charts.awsLoadBalancerController).to.deep.equal({
      chart: "aws-load-balancer-controller",
      repository: "https://aws.github.io/eks-charts",
      version: "3.5.0",
    });
    expect(images.awsLoadBalancerController).to.deep.equal({
      repository: "public.ecr.aws/eks/aws-load-balancer-controller",
      tag: `v${charts.awsLoadBalancerController.version}`,
    });
  });

  it("stand in no other file of components/ and stacks/", () => {
    const elsewhere = [...sourceFiles("components"), ...sourceFiles("stacks")]
      .filter((file) => file !== onlyHome)
      .flatMap((file) =>
        linesThatPin(readFileSync(path.join(root, file), "utf8")).map(
          (line) => `${file}: ${line.trim()}`,
        ),
      );
    expect(elsewhere).to.deep.equal([]);
  });

  it("are recognised in each of their shapes by the check above", () => {
    expect(
      linesThatPin(
        [
          'addonVersion: "v1.2.3-eksbuild.4",',
          'releaseVersion: "1.35.8-20260923",',
          'version: "3.5.0",',
          'image: "quay.io/prometheus/prometheus:v3.1.0",',
          'Version: "2012-10-17",',
          "`need an exact build, such as v1.2.3-eksbuild.4`,",
          'image: "public.ecr.aws/eks/aws-load-balancer-controller",',
        ].join("\n"),
      ),
    ).to.deep.equal([
      'addonVersion: "v1.2.3-eksbuild.4",',
      'releaseVersion: "1.35.8-20260923",',
      'version: "3.5.0",',
      'image: "quay.io/prometheus/prometheus:v3.1.0",',
    ]);
    expect(linesThatPin(readFileSync(path.join(root, onlyHome), "utf8"))).to.have.length.above(20);
  });
});

describe("the Kubernetes version that a cluster asks for", () => {
  it("is found in the matrix", () => {
    expect(supportedKubernetes("1.36")).to.equal(kubernetesMatrix["1.36"]);
    expect(kubernetesVersionProblem("1.36")).to.equal(undefined);
  });

  for (const version of ["1.34", "1.37", "1.36.4", "v1.36", "", "toString", "__proto__"]) {
    it(`is refused if it has no row: "${version}"`, () => {
      const problem = `got "${version}", need one of 1.35, 1.36`;
      expect(kubernetesVersionProblem(version)).to.equal(problem);
      expect(() => supportedKubernetes(version)).to.throw(Error, `Kubernetes version: ${problem}`);
    });
  }

  it("is refused from the day on which EKS ends its extended support", () => {
    expect(kubernetesVersionProblem("1.35", new Date("2028-03-26T23:59:59Z"))).to.equal(undefined);
    expect(kubernetesVersionProblem("1.35", new Date("2028-03-27"))).to.equal(
      'got "1.35", whose extended support ended on 2028-03-27, need one of 1.36',
    );
    expect(kubernetesVersionProblem("1.36", new Date("2028-08-02"))).to.equal(
      'got "1.36", whose extended support ended on 2028-08-02, need a newer version matrix',
    );
  });

  it("is known to leave standard support some days before", () => {
    expect(supportEndsWithin("1.35", new Date("2027-02-24"), 30)).to.equal(false);
    expect(supportEndsWithin("1.35", new Date("2027-02-25"), 30)).to.equal(true);
    expect(supportEndsWithin("1.35", new Date("2027-03-26"), 0)).to.equal(false);
    expect(supportEndsWithin("1.35", new Date("2027-06-01"), 0)).to.equal(true);
    expect(() => supportEndsWithin("1.30", new Date("2027-02-25"), 30)).to.throw(
      Error,
      'Kubernetes version: got "1.30", need one of 1.35, 1.36',
    );
  });
});
