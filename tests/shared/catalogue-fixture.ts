import { expect } from "chai";
import { checkCatalogue } from "../../components/shared/catalogue";
import type { ServiceRecord } from "../../components/shared/service-record";
import { api, mailer, stock } from "../components/platform-service-fixture";

/** The problems of a shop whose API is changed so. */
export const withApi = (change: Partial<ServiceRecord>) =>
  checkCatalogue([{ ...api, ...change }, stock, mailer]);
export const withStock = (change: Partial<ServiceRecord>) =>
  checkCatalogue([api, { ...stock, ...change }, mailer]);
export const withMailer = (change: Partial<ServiceRecord>) =>
  checkCatalogue([api, stock, { ...mailer, ...change }]);

export const scaling = (change: Partial<ServiceRecord["scaling"]>) => ({
  scaling: { ...api.scaling, ...change },
});
export const schedule = {
  timeZone: "America/Los_Angeles",
  start: "0 7 * * 1-5",
  end: "0 19 * * 1-5",
  replicas: 5,
};

/** What is refused, the problems found, and those expected. */
export type Case = readonly [title: string, problems: () => readonly string[], expected: string[]];

export function itRefuses(cases: readonly Case[]): void {
  for (const [title, problems, expected] of cases) {
    it(`refuses ${title}`, () => {
      expect(problems()).to.deep.equal(expected);
    });
  }
}
