import { existsSync } from "node:fs";
import { expect } from "chai";
import { rules } from "../../policy/rules";
import {
  type Framework,
  judgeCoverage,
  names,
  readFrameworks,
  unknownControls,
} from "../../tools/policies/coverage/coverage";
import { coverageText, documentedCoverage } from "../../tools/policies/coverage/page";
import { reasons } from "../../tools/policies/coverage/reasons";

const frameworks = readFrameworks(".");

describe("the coverage of benchmarks", () => {
  it("knows lists of controls, each with its version and where it was read", () => {
    expect(
      frameworks.map(({ name, version, controls }) => [name, version, controls.length]),
    ).to.deep.equal([
      ["CIS Amazon EKS Benchmark", "1.8.0", 50],
      ["AWS Foundational Security Best Practices", "1.0.0", 286],
      ["Checkov", "3.3.13", 574],
    ]);
    for (const { source, controls } of frameworks) {
      expect(source).to.match(/^https:\/\/github\.com\/.*\/[0-9a-f]{40}\//);
      expect(new Set(controls.map(({ id }) => id)).size).to.equal(controls.length);
    }
  });

  it("finds no rule that names a control which there is not", () => {
    expect(unknownControls(frameworks, rules)).to.deep.equal([]);
    const misspelt = [{ name: "a-rule", tags: ["cis-eks:9.9.9", "house:x"] }];
    expect(unknownControls(frameworks, misspelt)).to.deep.equal([
      "a-rule: CIS Amazon EKS Benchmark 1.8.0 has no control 9.9.9",
    ]);
  });

  it("finds the control that a rule says it follows, in its framework", () => {
    const lost = rules.flatMap(({ name, framework }) => {
      const list = frameworks.find((one) => one.name === framework?.name);
      return framework === undefined ||
        list?.controls.some(({ id }) => id === framework.reference) === true
        ? []
        : [`${name}: ${framework.name} ${framework.reference}`];
    });
    expect(lost).to.deep.equal([]);
  });

  it("leaves nothing of CIS EKS open, and little of the others", () => {
    const open = frameworks.map(
      (framework) =>
        judgeCoverage(framework, rules).filter(({ reason }) => reason?.verdict === "open").length,
    );
    expect(open[0]).to.equal(0);
    expect(open[1]).to.be.lessThan(10);
    expect(open[2]).to.be.lessThan(35);
  });

  it("has no reason that no control needs", () => {
    const idle = frameworks.flatMap((framework) => {
      const bare = judgeCoverage(framework, rules).filter((control) => control.rules.length === 0);
      return reasons[framework.tag]
        .flatMap(({ ids }) => ids.split(" "))
        .filter((ids) => !bare.some(({ id }) => names({ ids }, id)))
        .map((ids) => `${framework.tag} ${ids}`);
    });
    expect(idle).to.deep.equal([]);
  });

  it("points to tests, pages and rules that are there", () => {
    const said = Object.values(reasons).flat();
    const paths = said.flatMap(({ why }) =>
      [...why.matchAll(/(?:tests|docs|components)\/[\w./-]*\w/g)].map(([path]) => path),
    );
    expect(paths.length).to.be.greaterThan(10);
    expect(paths.filter((path) => !existsSync(path))).to.deep.equal([]);
    const known = new Set(rules.map(({ name }) => name));
    const subjects =
      /\b(?:iam|network|encrypt|log|dr|eks|rbac|workload|resilience|cost)(?:-[a-z0-9]+)+\b/g;
    const named = said.flatMap(({ why }) =>
      [...why.replace(/(?:tests|docs|components)\/\S+/g, "").matchAll(subjects)].map(
        ([rule]) => rule,
      ),
    );
    expect(named.filter((rule) => !known.has(rule))).to.deep.equal([]);
  });

  it("reads ids one by one, by their beginning, and as a range", () => {
    expect(names({ ids: "IAM.4 IAM.6" }, "IAM.6")).to.equal(true);
    expect(names({ ids: "IAM.4" }, "IAM.41")).to.equal(false);
    expect(names({ ids: "WAF.1..8" }, "WAF.8")).to.equal(true);
    expect(names({ ids: "WAF.1..8" }, "WAF.10")).to.equal(false);
    expect(names({ ids: "ECS.*" }, "ECS.12")).to.equal(true);
  });

  it("calls what is about other services not used, and what nobody explains open", () => {
    const framework: Framework = {
      ...{ tag: "ckv", name: "Checkov", version: "x", source: "x" },
      controls: [
        { id: "CKV_AWS_9001", title: "a", entities: ["aws_redshift_cluster"] },
        { id: "CKV_AWS_9002", title: "b", entities: ["aws_s3_bucket"] },
      ],
    };
    expect(judgeCoverage(framework, []).map(({ reason }) => reason?.verdict)).to.deep.equal([
      "not used",
      "open",
    ]);
  });

  it("is in docs/policies.md as it is", async () => {
    expect(documentedCoverage("."), "to renew it: npm run policies -- coverage --write").to.equal(
      await coverageText(".", rules),
    );
  });
});
