import { expect } from "chai";
import fc from "fast-check";
import {
  blockAfter,
  capacity,
  contains,
  firstBlock,
  type Ipv4Cidr,
  isPrivate,
  overlap,
  parseIpv4Cidr,
  split,
} from "../../components/shared/cidr";

function range(text: string): Ipv4Cidr {
  const { cidr, problem } = parseIpv4Cidr(text);
  if (problem !== undefined) throw new Error(problem);
  return cidr;
}

/** Any range, from its prefix length and any address in it. */
const ranges = fc
  .tuple(fc.integer({ min: 0, max: 32 }), fc.nat({ max: 2 ** 32 - 1 }))
  .map(([prefixLength, address]) => {
    const first = address - (address % 2 ** (32 - prefixLength));
    const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
    return range(`${octets.join(".")}/${prefixLength}`);
  });

describe("cidr", () => {
  it("reads a range with its ends", () => {
    expect(parseIpv4Cidr("10.20.0.0/16")).to.deep.equal({
      cidr: { text: "10.20.0.0/16", prefixLength: 16, first: 169082880, last: 169148415 },
      problem: undefined,
    });
  });

  it("reads the largest range and the smallest", () => {
    expect(range("0.0.0.0/0")).to.include({ first: 0, last: 2 ** 32 - 1 });
    expect(range("255.255.255.255/32")).to.include({ first: 2 ** 32 - 1, last: 2 ** 32 - 1 });
  });

  for (const text of [
    "",
    "10.0.0.0",
    "10.0.0/16",
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "10.0.0.0/016",
    "010.0.0.0/8",
    "10.0.0.256/24",
    " 10.0.0.0/16",
    "10.0.0.0/16/8",
    "fd00::/8",
    "ten",
  ]) {
    it(`refuses ${JSON.stringify(text)} as no IPv4 range`, () => {
      expect(parseIpv4Cidr(text)).to.deep.equal({
        cidr: undefined,
        problem: `got ${JSON.stringify(text)}, need an IPv4 range such as 10.0.0.0/16`,
      });
    });
  }

  it("refuses host bits and says what the range would be", () => {
    expect(parseIpv4Cidr("10.0.1.7/16").problem).to.equal(
      'got "10.0.1.7/16", need a range without host bits; write 10.0.0.0/16',
    );
  });

  const overlaps: [string, string, boolean][] = [
    ["10.0.0.0/16", "10.0.0.0/16", true],
    ["10.0.0.0/16", "10.0.128.0/17", true],
    ["10.0.0.0/16", "10.1.0.0/16", false],
    ["10.0.0.0/17", "10.0.128.0/17", false],
    ["10.0.0.0/31", "10.0.0.1/32", true],
    ["0.0.0.0/0", "192.168.0.0/16", true],
  ];
  for (const [a, b, expected] of overlaps) {
    it(`${a} and ${b} ${expected ? "overlap" : "do not overlap"}, either way round`, () => {
      expect([overlap(range(a), range(b)), overlap(range(b), range(a))]).to.deep.equal([
        expected,
        expected,
      ]);
    });
  }

  const containments: [string, string, boolean][] = [
    ["10.0.0.0/8", "10.255.0.0/16", true],
    ["10.0.0.0/16", "10.0.0.0/16", true],
    ["10.0.0.0/16", "10.0.0.0/15", false],
    ["10.0.0.0/16", "10.1.0.0/24", false],
  ];
  for (const [outer, inner, expected] of containments) {
    it(`${outer} ${expected ? "contains" : "does not contain"} ${inner}`, () => {
      expect(contains(range(outer), range(inner))).to.equal(expected);
    });
  }

  const privacy: [string, boolean][] = [
    ["10.0.0.0/8", true],
    ["172.31.0.0/16", true],
    ["172.32.0.0/16", false],
    ["192.168.0.0/16", true],
    ["100.64.0.0/10", true],
    ["100.128.0.0/16", false],
    ["8.8.0.0/16", false],
    ["0.0.0.0/0", false],
  ];
  for (const [text, expected] of privacy) {
    it(`${text} is ${expected ? "private" : "not private"}`, () => {
      expect(isPrivate(range(text))).to.equal(expected);
    });
  }

  it("splits a range into all its blocks, in order", () => {
    expect(split(range("10.0.0.0/16"), 18).map((block) => block.text)).to.deep.equal([
      "10.0.0.0/18",
      "10.0.64.0/18",
      "10.0.128.0/18",
      "10.0.192.0/18",
    ]);
  });

  it("finds no block in a range smaller than one", () => {
    expect(split(range("10.0.0.0/20"), 18)).to.deep.equal([]);
    expect(capacity(range("10.0.0.0/20"), 18)).to.equal(0);
    expect(capacity(range("10.0.0.0/18"), 18)).to.equal(1);
  });

  it("finds the first block in a range and the next one behind it, aligned to its own size", () => {
    expect(firstBlock(range("10.0.64.0/18"), 20).text).to.equal("10.0.64.0/20");
    expect(blockAfter(range("10.0.0.0/20"), 24).text).to.equal("10.0.16.0/24");
    expect(blockAfter(range("10.0.18.0/28"), 24).text).to.equal("10.0.19.0/24");
    expect(blockAfter(range("10.0.18.0/28"), 20).text).to.equal("10.0.32.0/20");
  });

  it("reads back what it writes", () => {
    fc.assert(
      fc.property(ranges, (cidr) => {
        expect(range(cidr.text)).to.deep.equal(cidr);
      }),
    );
  });

  it("splits without gap or overlap", () => {
    fc.assert(
      fc.property(ranges, fc.integer({ min: 0, max: 8 }), (cidr, bits) => {
        const prefixLength = Math.min(cidr.prefixLength + bits, 32);
        const blocks = split(cidr, prefixLength);
        expect(blocks.length).to.equal(capacity(cidr, prefixLength));
        expect(blocks[0]?.first).to.equal(cidr.first);
        expect(blocks.at(-1)?.last).to.equal(cidr.last);
        blocks.slice(1).forEach((block, index) => {
          expect(block.first).to.equal((blocks[index]?.last ?? NaN) + 1);
        });
      }),
    );
  });

  it("calls two ranges overlapping exactly if one contains the other", () => {
    fc.assert(
      fc.property(ranges, ranges, (a, b) => {
        expect(overlap(a, b)).to.equal(contains(a, b) || contains(b, a));
      }),
    );
  });
});
