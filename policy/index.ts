import { PolicyPack } from "@pulumi/policy";
import { rules } from "./rules";

new PolicyPack("auterity-policy", {
  displayName: "Auterity platform",
  description:
    "Images and supply chain, identity and least privilege, network, workloads, secrets, encryption, logging, resilience, cost, disaster recovery.",
  provider: "aws",
  policies: [...rules],
});
