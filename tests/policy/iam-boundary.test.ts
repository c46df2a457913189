import { iamBoundary } from "../../policy/rules/iam-boundary";
import { unknownText } from "../support/check-policy";
import { role } from "./fixtures";
import { describeRule } from "./rule-table";

const boundary = { permissionsBoundary: "arn:aws:iam::111122223333:policy/auterity-boundary" };
const only = (pattern: string) => ({ settings: { boundaries: [pattern] } });

describeRule(iamBoundary, [
  ["a boundary passes", role, boundary, []],
  ["no boundary is reported", role, { name: "r" }, ["permissionsBoundary is not set"]],
  [
    "an empty boundary is reported",
    role,
    { permissionsBoundary: "" },
    ["permissionsBoundary is not set"],
  ],
  [
    "a boundary that a preview does not know yet passes",
    role,
    { permissionsBoundary: unknownText },
    [],
  ],
  [
    "one of the allowed boundaries passes",
    role,
    boundary,
    [],
    only("arn:aws:iam::*:policy/auterity-boundary"),
  ],
  [
    "another boundary is reported",
    role,
    boundary,
    ["permissionsBoundary is none of the allowed boundaries"],
    only("arn:aws:iam::*:policy/other"),
  ],
  [
    "a pattern stays within a part of the ARN",
    role,
    boundary,
    ["permissionsBoundary is none of the allowed boundaries"],
    only("arn:aws:*-boundary"),
  ],
]);
