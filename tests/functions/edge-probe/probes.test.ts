import { expect } from "chai";
import { createServer } from "node:net";
import { type Attack, attacks } from "../../../functions/edge-probe/attacks";
import { probeOrigin } from "../../../functions/edge-probe/findings";
import { always, firewall, type Host, type Respond, startHost } from "./firewall";

const names = Object.keys(attacks) as Attack[];
const all = (outcome: string, answer: object) =>
  names.map((probe) => ({ probe, outcome, ...answer }));

describe("edge-probe: attacks", () => {
  const hosts: Host[] = [];
  const start = async (respond: Respond) => {
    const host = await startHost(respond);
    hosts.push(host);
    return host;
  };
  afterEach(() => Promise.all(hosts.splice(0).map((host) => host.close())));

  it("are refused by a firewall, the harmless request not", async () => {
    const host = await start(firewall);
    expect(await probeOrigin(host.origin, names)).to.deep.equal(all("refused", { status: 403 }));
    expect(host.asked).to.deep.equal(["/?probe=harmless", ...names.map((name) => attacks[name])]);
  });

  it("pass where there is no firewall, whatever the application makes of them", async () => {
    for (const status of [200, 302, 404, 500, 503]) {
      const host = await start(always(status));
      expect(await probeOrigin(host.origin, names)).to.deep.equal(all("passed", { status }));
    }
  });

  it("are told apart: one rule that is off lets its own attack pass", async () => {
    const host = await start((request, response) => {
      if (request.url?.includes("script")) always(200)(request, response);
      else firewall(request, response);
    });
    const findings = await probeOrigin(host.origin, names);
    expect(
      findings.filter(({ outcome }) => outcome === "passed").map(({ probe }) => probe),
    ).to.deep.equal(["cross-site-scripting"]);
  });

  it("prove nothing where the harmless request is refused too, and are not sent", async () => {
    for (const status of [403, 429]) {
      const host = await start(always(status));
      expect(await probeOrigin(host.origin, names)).to.deep.equal(all("inconclusive", { status }));
      expect(host.asked).to.deep.equal(["/?probe=harmless"]);
    }
  });

  it("are no longer waited for after a while, and asked once more", async () => {
    const host = await start(() => undefined);
    expect(await probeOrigin(host.origin, names, 50)).to.deep.equal(
      all("inconclusive", { failure: "timed out" }),
    );
    expect(host.asked).to.deep.equal(["/?probe=harmless", "/?probe=harmless"]);
  });

  it("count as refused where only the first answer was lost", async () => {
    let lost = false;
    const host = await start((request, response) => {
      if (!lost && request.url === attacks["sql-injection"]) {
        lost = true;
        request.socket.destroy();
      } else firewall(request, response);
    });
    expect(await probeOrigin(host.origin, ["sql-injection"])).to.deep.equal([
      { probe: "sql-injection", outcome: "refused", status: 403 },
    ]);
    expect(host.asked).to.have.length(3);
  });

  it("tell that a name does not resolve", async () => {
    const [finding] = await probeOrigin("http://nothing.invalid", ["sql-injection"]);
    expect(finding).to.have.property("outcome", "inconclusive");
    expect(finding)
      .to.have.property("failure")
      .that.matches(/^(ENOTFOUND|EAI_AGAIN)$/);
  });

  it("tell that nobody listens", async () => {
    const host = await start(firewall);
    await host.close();
    hosts.pop();
    expect(await probeOrigin(host.origin, ["sql-injection"])).to.deep.equal([
      { probe: "sql-injection", outcome: "inconclusive", failure: "ECONNREFUSED" },
    ]);
  });

  it("tell that there is no TLS where there should be", async () => {
    const server = createServer((socket) => socket.end("HTTP/1.1 403 Forbidden\r\n\r\n"));
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const [finding] = await probeOrigin(`https://127.0.0.1:${port}`, ["sql-injection"]);
    server.close();
    expect(finding).to.have.property("outcome", "inconclusive");
    expect(finding)
      .to.have.property("failure")
      .that.matches(/SSL|EPROTO/);
  });

  it("follow no redirect: the answer is judged, not what is behind it", async () => {
    const behind = await start(always(403));
    const host = await start((_, response) => {
      response.writeHead(301, { location: behind.origin }).end();
    });
    expect(await probeOrigin(host.origin, ["sql-injection"])).to.deep.equal([
      { probe: "sql-injection", outcome: "passed", status: 301 },
    ]);
    expect(behind.asked).to.deep.equal([]);
  });
});

describe("edge-probe: what an attack carries", () => {
  it("is known to scanners, and reaches nowhere", () => {
    expect(Object.values(attacks).map(decodeURIComponent)).to.deep.equal([
      "/?probe=1' OR '1'='1' UNION SELECT NULL,NULL-- ",
      "/?probe=<script>alert(1)</script>",
      "/?probe=../../../../../../etc/passwd",
      "/?probe=${jndi:ldap://probe.invalid/a}",
      "/WEB-INF/web.xml",
    ]);
  });
});
