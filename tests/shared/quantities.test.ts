import { expect } from "chai";
import fc from "fast-check";
import {
  formatBytes,
  formatCpu,
  parseBytes,
  parseCpu,
  readBytes,
  readCpu,
} from "../../components/shared/quantities";

describe("quantities", () => {
  const cpu: [string, number | undefined][] = [
    ["1", 1000],
    ["0.5", 500],
    ["1.25", 1250],
    ["0.001", 1],
    ["500m", 500],
    ["0", 0],
    ["0m", 0],
    ["0.0001", undefined],
    ["1.5m", undefined],
    [".5", undefined],
    ["-1", undefined],
    ["1 ", undefined],
    ["1Gi", undefined],
    ["1k", undefined],
    ["", undefined],
    ["9007199254740992", undefined],
  ];
  for (const [text, millicores] of cpu) {
    it(`reads CPU "${text}" as ${millicores ?? "no quantity"}`, () => {
      expect(readCpu(text)).to.equal(millicores);
    });
  }

  const bytes: [string, number | undefined][] = [
    ["1024", 1024],
    ["1k", 1000],
    ["1Ki", 1024],
    ["1.5Gi", 1_610_612_736],
    ["0.5Mi", 524_288],
    ["2G", 2_000_000_000],
    ["1Ti", 2 ** 40],
    ["1P", 1e15],
    ["0", 0],
    ["1.1Gi", undefined],
    ["0.5", undefined],
    ["512m", undefined],
    ["1KI", undefined],
    ["1gi", undefined],
    ["1 Gi", undefined],
    ["-1Gi", undefined],
    ["", undefined],
    ["8Pi", undefined],
  ];
  for (const [text, value] of bytes) {
    it(`reads "${text}" as ${value ?? "no quantity"} of bytes`, () => {
      expect(readBytes(text)).to.equal(value);
    });
  }

  it("throws on what is no quantity, saying what it was given", () => {
    expect(() => parseCpu("many")).to.throw(
      RangeError,
      'got "many", need a CPU quantity such as "500m" or "2"',
    );
    expect(() => parseBytes("1GB")).to.throw(
      RangeError,
      'got "1GB", need a memory quantity such as "512Mi"',
    );
  });

  it("writes the shortest spelling that loses nothing", () => {
    expect([1500, 2000, 0, 1].map(formatCpu)).to.deep.equal(["1500m", "2", "0", "1m"]);
    expect([2 ** 30, 1536 * 2 ** 20, 1000, 0, 2 ** 50].map(formatBytes)).to.deep.equal([
      "1Gi",
      "1536Mi",
      "1000",
      "0",
      "1Pi",
    ]);
  });

  it("reads back whatever it writes", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        expect(readCpu(formatCpu(value))).to.equal(value);
        expect(readBytes(formatBytes(value))).to.equal(value);
      }),
    );
  });
});
