import { checkCatalogue } from "../../components/shared/catalogue";
import { api, mailer, stock } from "../components/platform-service-fixture";
import { itRefuses, withApi, type Case } from "./catalogue-fixture";

const identity: Case[] = [
  [
    "a name twice",
    () => checkCatalogue([api, stock, mailer, { ...mailer, image: "other" }]),
    ["shop-mailer.name: got it twice, need each name once"],
  ],
  [
    "a name that is no DNS label",
    () => withApi({ name: "Shop_API" }),
    ['Shop_API.name: got "Shop_API", need a DNS label of at most 32 characters'],
  ],
  [
    "a name too long for what is named after it",
    () => withApi({ name: "a".repeat(33) }),
    [`${"a".repeat(33)}.name: got "${"a".repeat(33)}", need a DNS label of at most 32 characters`],
  ],
  [
    "an empty name",
    () => withApi({ name: "" }),
    [".name: got nothing, need a DNS label of at most 32 characters"],
  ],
  [
    "no product",
    () => withApi({ product: "" }),
    ["shop-api.product: got nothing, need a DNS label of at most 32 characters"],
  ],
  [
    "a product in a namespace of Kubernetes",
    () => withApi({ product: "kube-system" }),
    ['shop-api.product: got "kube-system", need a namespace that Kubernetes does not use itself'],
  ],
  [
    "no team",
    () => withApi({ team: "" }),
    ["shop-api.team: got nothing, need a DNS label of at most 32 characters"],
  ],
  [
    "no description",
    () => withApi({ description: " " }),
    ["shop-api.description: got nothing, need a sentence"],
  ],
  [
    "an image with a tag",
    () => withApi({ image: "shop-api:1.0" }),
    ['shop-api.image: got "shop-api:1.0", need a repository name without registry, tag and digest'],
  ],
  [
    "a catalogue without records",
    () => checkCatalogue([]),
    ["records: got none, need at least one"],
  ],
];

describe("A catalogue's names", () => {
  itRefuses(identity);
});
