import { secretExternal } from "../../policy/rules/secret-external";
import { unknownText } from "../support/check-policy";
import { describeRule } from "./rule-table";

const secret = "kubernetes:core/v1:Secret";
const message = "is written by the program itself";
const tls = { type: "kubernetes.io/tls" };

describeRule(secretExternal, [
  ["a Secret is reported", secret, { metadata: { name: "s" } }, [message]],
  ["one of another type is reported", secret, tls, [message]],
  ["a patch of one is reported", "kubernetes:core/v1:SecretPatch", {}, [message]],
  [
    "each of a list is reported",
    "kubernetes:core/v1:SecretList",
    { items: [{}, tls] },
    [`items[0]: ${message}`, `items[1]: ${message}`],
  ],
  [
    "an allowed type passes",
    secret,
    tls,
    [],
    { settings: { allowedTypes: ["kubernetes.io/tls"] } },
  ],
  ["what has no type is Opaque", secret, {}, [], { settings: { allowedTypes: ["Opaque"] } }],
  ["a type that a preview does not know is not guessed", secret, { type: unknownText }, []],
]);
