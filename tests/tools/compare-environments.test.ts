import { expect } from "chai";
import { nameEverywhere } from "../../tools/plan/compare-environments";

describe("a component's name in the comparison of environments", () => {
  const cases: [string, string, string][] = [
    ["auterity-dev", "dev", "auterity-*"],
    ["auterity-dev-api", "dev", "auterity-*-api"],
    ["dev", "dev", "*"],
    ["auterity-developer", "dev", "auterity-developer"],
    ["auterity-west-2-api", "west-2", "auterity-*-api"],
    ["store", "prod", "store"],
  ];
  for (const [name, environment, expected] of cases)
    it(`of ${name} in ${environment} is ${expected}`, () => {
      expect(nameEverywhere(name, environment)).to.equal(expected);
    });
});
