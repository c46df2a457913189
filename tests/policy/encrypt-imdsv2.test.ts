import { encryptImdsv2 } from "../../policy/rules/encrypt-imdsv2";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const template = "aws:ec2/launchTemplate:LaunchTemplate";
const instance = "aws:ec2/instance:Instance";
const good = { httpTokens: "required", httpPutResponseHopLimit: 1 };
const given = (changes: Record<string, unknown>) => ({ metadataOptions: { ...good, ...changes } });
const tokens = "metadataOptions.httpTokens: is not required";
const noHops = "metadataOptions.httpPutResponseHopLimit: is not set";

describeRule(encryptImdsv2, [
  ["tokens and one hop pass", template, given({}), []],
  ["nothing set is reported", template, { imageId: "ami-1" }, [tokens, noHops]],
  ["optional tokens are reported", instance, given({ httpTokens: "optional" }), [tokens]],
  [
    "two hops reach pods",
    template,
    given({ httpPutResponseHopLimit: 2 }),
    ["metadataOptions.httpPutResponseHopLimit: is 2, need 1 at most"],
  ],
  [
    "hops that nobody set are those of the image",
    template,
    given({ httpPutResponseHopLimit: undefined }),
    [noHops],
  ],
  ["no endpoint at all passes", instance, { metadataOptions: { httpEndpoint: "disabled" } }, []],
  [
    "a launch configuration is judged",
    "aws:ec2/launchConfiguration:LaunchConfiguration",
    {},
    [tokens, noHops],
  ],
  [
    "options that a preview does not know are not guessed",
    template,
    { metadataOptions: unknownText },
    [],
  ],
  [
    "more hops can be allowed",
    template,
    given({ httpPutResponseHopLimit: 2 }),
    [],
    { settings: { mostHops: 2 } },
  ],
]);
