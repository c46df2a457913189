import { expect } from "chai";
import { type Pace, runBurst } from "../../../functions/edge-probe/burst";
import { always, type Host, limitedTo, type Respond, startHost } from "./firewall";

const pace: Pace = { concurrency: 10, pauseMilliseconds: 1, looks: 3 };

describe("edge-probe: the burst", () => {
  let host: Host | undefined;
  const start = async (respond: Respond) => (host = await startHost(respond));
  afterEach(() => host?.close());

  it("ends with the first refusal, in the wave that brought it", async () => {
    const { origin, asked } = await start(limitedTo(25));
    expect(await runBurst({ origin, requests: 100 }, pace)).to.deep.equal({
      probe: "burst",
      outcome: "refused",
      status: 429,
    });
    expect(asked).to.have.length(30);
  });

  it("knows the bare refusal as well", async () => {
    const { origin } = await start(limitedTo(5, 403));
    const { outcome } = await runBurst({ origin, requests: 100 }, pace);
    expect(outcome).to.equal("refused");
  });

  it("waits for a limit that takes effect late", async () => {
    const { origin, asked } = await start(limitedTo(102));
    const { outcome } = await runBurst({ origin, requests: 100 }, pace);
    expect(outcome).to.equal("refused");
    expect(asked).to.have.length(103);
  });

  it("passes where nothing is limited, and never sends more than its cap and its looks", async () => {
    const { origin, asked } = await start(always(200));
    expect(await runBurst({ origin, requests: 95 }, pace)).to.deep.equal({
      probe: "burst",
      outcome: "passed",
      status: 200,
    });
    expect(asked).to.have.length(95 + 3);
  });

  it("is inconclusive and over at once where nobody answers", async () => {
    const closed = await start(always(200));
    const { origin } = closed;
    await closed.close();
    host = undefined;
    expect(await runBurst({ origin, requests: 100 }, pace)).to.deep.equal({
      probe: "burst",
      outcome: "inconclusive",
      failure: "ECONNREFUSED",
    });
  });

  it("is inconclusive where part of it was lost, since that counts towards no limit", async () => {
    let seen = 0;
    const { origin } = await start((request, response) => {
      seen += 1;
      if (seen > 50) request.socket.destroy();
      else always(200)(request, response);
    });
    const { outcome } = await runBurst({ origin, requests: 100 }, pace);
    expect(outcome).to.equal("inconclusive");
  });
});
