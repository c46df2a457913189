import {
  GetObjectCommand,
  ListObjectsV2Command,
  S3Client,
  type S3ClientResolvedConfig,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from "@aws-sdk/client-s3";
import { type AwsStub, mockClient } from "aws-sdk-client-mock";
import { expect } from "chai";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readLock } from "../../../tools/recovery/stack-locks";

type S3Mock = AwsStub<ServiceInputTypes, ServiceOutputTypes, S3ClientResolvedConfig>;

// As Pulumi 3.260 wrote it.
const content =
  '{"pid":8650,"username":"root","hostname":"vm","timestamp":"2026-12-01T04:22:40.334764537Z"}';
const lockFile = "f090f18e-c3a2-45ed-a481-f85c89410224.json";
const name = { project: "auterity", stack: "recovery" };
const owner = "root@vm since 2026-12-01T04:22:40Z";

describe("the lock of a stack in a folder", () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "state-"));
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });
  const write = (key: string, text = content): void => {
    const path = join(root, ".pulumi/locks", key);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  const read = () => readLock(`file://${root}?no_tmp_dir=true`, name);

  it("is none in an empty store", async () => {
    expect(await read()).to.equal("none");
  });

  it("says who holds it", async () => {
    write(`organization/auterity/recovery/${lockFile}`);
    write(`organization/auterity/recovery/${lockFile}.attrs`, "{}");
    expect(await read()).to.deep.equal({ owner });
  });

  it("is found in a store that knows no projects", async () => {
    write(`recovery/${lockFile}`);
    expect(await read()).to.deep.equal({ owner });
  });

  it("is not that of another stack, another project, or a file beside it", async () => {
    write(`organization/auterity/prod/${lockFile}`);
    write(`organization/other/recovery/${lockFile}`);
    write(`organization/auterity/recovery-2/${lockFile}`);
    write(`organization/auterity/recovery/${lockFile}.attrs`, "{}");
    expect(await read()).to.equal("none");
  });

  it("is one although nobody can read it", async () => {
    write(`organization/auterity/recovery/${lockFile}`, "half a");
    expect(await read()).to.deep.equal({ owner: "somebody" });
  });
});

describe("the lock of a stack in a bucket", () => {
  let s3: S3Mock;
  // Not while files are loaded: another file's mock of the same client would take its place.
  beforeEach(() => {
    s3 = mockClient(S3Client);
  });
  afterEach(() => {
    s3.restore();
  });
  const key = `teams/platform/.pulumi/locks/organization/auterity/recovery/${lockFile}`;
  const store = "s3://state-of-all/teams/platform?region=eu-west-1&awssdk=v2";

  it("is read in the store's own region", async () => {
    s3.on(ListObjectsV2Command).resolves({ Contents: [{ Key: key }] });
    const Body = { transformToString: () => Promise.resolve(content) };
    s3.on(GetObjectCommand).resolves({ Body: Body as never });
    expect(await readLock(store, name)).to.deep.equal({ owner });
    expect(s3.commandCalls(ListObjectsV2Command)[0]?.args[0].input).to.deep.equal({
      Bucket: "state-of-all",
      Prefix: "teams/platform/.pulumi/locks/",
    });
    expect(s3.commandCalls(GetObjectCommand)[0]?.args[0].input).to.deep.equal({
      ...{ Bucket: "state-of-all", Key: key },
    });
    const client = s3.send.firstCall.thisValue as S3Client;
    expect(await client.config.region()).to.equal("eu-west-1");
  });

  it("is none where nobody works", async () => {
    s3.on(ListObjectsV2Command).resolves({});
    expect(await readLock("s3://state-of-all?region=eu-west-1", name)).to.equal("none");
    expect(s3.commandCalls(ListObjectsV2Command)[0]?.args[0].input.Prefix).to.equal(
      ".pulumi/locks/",
    );
  });
});

describe("the lock of a stack elsewhere", () => {
  it("is told by Pulumi's service itself, and by no other store", async () => {
    expect(await readLock("https://app.pulumi.com/somebody", name)).to.equal("none");
    expect(await readLock("gs://bucket", name)).to.equal("unread");
  });
});
