/* global __ENV, open */
// Runs in k6 (https://k6.io), not in Node. What it sends, how much and what it must hold comes from the plan that
// `npm run load` writes from the catalogue: this file only carries it out.
import { check } from "k6";
import http from "k6/http";

const plan = JSON.parse(open(__ENV.PLAN));
const targets = Object.fromEntries(plan.targets.map((target) => [target.name, target]));

export const options = plan.options;

/** One request of a critical path. */
export function visit() {
  const target = targets[__ENV.TARGET];
  const response = http.request(target.method, target.url, null, {
    headers: target.headers,
    // A sign-in page or an error page behind a redirect would pass for the page that was asked for.
    redirects: 0,
    timeout: `${plan.timeoutSeconds}s`,
    tags: { service: target.service, name: target.name },
    responseCallback: http.expectedStatuses(target.expectedStatus),
  });
  check(
    response,
    {
      [`${target.name} answers ${target.expectedStatus}`]: ({ status }) =>
        status === target.expectedStatus,
    },
    { service: target.service },
  );
}

/** The figures by service as one line each, and everything as a file. */
export function handleSummary(data) {
  const services = [...new Set(plan.targets.map(({ service }) => service))];
  const lines = services.map((service) => {
    const failed = data.metrics[`http_req_failed{service:${service}}`]?.values;
    const took = data.metrics[`http_req_duration{service:${service}}`]?.values;
    const share =
      failed === undefined ? "no request" : `${(failed.rate * 100).toFixed(3)} % failed`;
    const count = failed === undefined ? 0 : failed.passes + failed.fails;
    const slow =
      took === undefined
        ? ""
        : `, p95 ${took["p(95)"].toFixed(0)} ms, longest ${took.max.toFixed(0)} ms`;
    return `${service}: ${count} requests, ${share}${slow}`;
  });
  const broken = Object.entries(data.metrics).flatMap(([metric, { thresholds = {} }]) =>
    Object.entries(thresholds)
      .filter(([, { ok }]) => !ok)
      .map(([threshold]) => `NOT HELD: ${metric} ${threshold}`),
  );
  const text = [...lines, ...(broken.length > 0 ? broken : ["every objective held"])].join("\n");
  return { stdout: `${text}\n`, [plan.summaryFile]: JSON.stringify(data, null, 2) };
}
