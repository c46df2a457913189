import { expect } from "chai";
import type { Registration } from "../../tools/offline/registration";
import { writeManifests } from "../../tools/plan/manifests";
import type { Run } from "../../tools/plan/program";
import { runSmall } from "./small-plan";

describe("manifests", () => {
  let known: Run;
  let unknown: Run;
  before(async () => {
    known = await runSmall("known");
    unknown = await runSmall("unknown");
  });

  function contentOf(path: string): string | undefined {
    const { files } = writeManifests(known.registrations, unknown.registrations);
    return files.find((file) => file.path === path)?.content;
  }

  it("are ordered, and name the values that only a deployment knows", () => {
    expect(contentOf("manifests/shop/deployment-web.yaml")).to.equal(
      [
        "# Only a deployment knows these values; what stands here is a stand-in: metadata.annotations.bucket",
        "apiVersion: apps/v1",
        "kind: Deployment",
        "metadata:",
        "  name: web",
        "  annotations:",
        "    bucket: arn:aws:s3:::store",
        "  namespace: shop",
        "spec:",
        "  replicas: 3",
        "  selector:",
        "    matchLabels:",
        "      app: web",
        "  template:",
        "    metadata:",
        "      labels:",
        "        app: web",
        "    spec:",
        "      containers:",
        "        - name: web",
        "          image: example.com/web:1",
        "",
      ].join("\n"),
    );
  });

  it("keep secrets closed", () => {
    expect(contentOf("manifests/shop/secret-shop-key.yaml")).to.contain('stringData: "[secret]"');
  });

  it("have a file of values for a release", () => {
    expect(contentOf("releases/kube-system/controller.yaml")).to.contain("chart: controller\n");
  });

  it("put what has no namespace where the API server would", () => {
    const [deployment] = known.registrations.filter(({ type }) => type.endsWith(":Deployment"));
    const place = (inputs: Record<string, unknown>) =>
      writeManifests([{ ...deployment, inputs } as Registration], []).files.map(({ path }) => path);
    const metadata = { name: "a/../b" };
    expect(place({ apiVersion: "v1", kind: "ConfigMap", metadata })).to.deep.equal([
      "manifests/default/configmap-a_.._b.yaml",
    ]);
    expect(
      place({ apiVersion: "rbac.authorization.k8s.io/v1", kind: "ClusterRole" }),
    ).to.deep.equal(["manifests/_cluster/clusterrole-shop-web.yaml"]);
  });

  it("tell of two resources that are the same object", () => {
    const web = known.registrations.find(({ name }) => name === "shop-web");
    const rival = { ...web, urn: "urn:rival" } as Registration;
    const { files, problems } = writeManifests([...known.registrations, rival], []);
    expect(problems).to.deep.equal([
      `urn:rival and ${web?.urn} are the same object, manifests/shop/deployment-web.yaml`,
    ]);
    expect(files.filter(({ path }) => path.endsWith("deployment-web.yaml"))).to.have.length(1);
  });
});
