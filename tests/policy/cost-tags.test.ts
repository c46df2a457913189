import { costTags } from "../../policy/rules/cost-tags";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const bucket = "aws:s3/bucket:Bucket";
const template = "aws:ec2/launchTemplate:LaunchTemplate";
const tags = { project: "p", environment: "e" };
const missing = (key: string) =>
  `tags.${key}: is missing, so that nobody can tell what it is paid for`;
const specification = (resourceType: string, given: object) => ({ resourceType, tags: given });

describeRule(costTags, [
  ["tags of its own pass", bucket, { tags }, []],
  ["none are reported", bucket, {}, [missing("project"), missing("environment")]],
  ["an empty value is none", bucket, { tags: { ...tags, project: "" } }, [missing("project")]],
  ["the provider's tags count", bucket, {}, [], { provider: { defaultTags: { tags } } }],
  [
    "also as the engine hands them on, as JSON",
    bucket,
    { tags: { environment: "e" } },
    [],
    { provider: { defaultTags: JSON.stringify({ tags: { project: "p" } }) } },
  ],
  ["broken JSON gives none", bucket, { tags }, [], { provider: { defaultTags: "{" } }],
  ["tags that a preview does not know pass", bucket, { tags: unknownText }, []],
  [
    "more can be asked for",
    bucket,
    { tags },
    [missing("team")],
    { settings: { required: ["project", "team"] } },
  ],
  [
    "a template that tags instances and volumes passes",
    template,
    { tagSpecifications: [specification("instance", tags), specification("volume", tags)] },
    [],
  ],
  [
    "one that does not is reported, whatever the provider's tags are",
    template,
    { tagSpecifications: [specification("instance", tags)] },
    [
      "tagSpecifications of volume: tag project is missing",
      "tagSpecifications of volume: tag environment is missing",
    ],
    { provider: { defaultTags: { tags } } },
  ],
]);
