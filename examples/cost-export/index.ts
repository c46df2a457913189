import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { CostExport } from "../../components/cost-export";

const region = "us-west-2";
const accountId = new pulumi.Config().require("accountId");

const account = new aws.Provider("account", { region, allowedAccountIds: [accountId] });

const costs = new CostExport("costs", { region, accountId }, { providers: [account] });

export const byTeam = costs.queryIds["by-team"];
