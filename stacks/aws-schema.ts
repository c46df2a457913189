import { z } from "zod";
import { text, unassigned } from "./schema-text";

export const region = text(/^[a-z]{2}(-[a-z]+)+-\d$/, "need an AWS region");

/** The two settings of the AWS provider that the program reads. */
export const awsSchema = z.object({
  region,
  allowedAccountIds: z.tuple(
    [
      z.union(
        [
          z.literal(unassigned),
          text(/^\d{12}$/, `need an account of 12 digits in quotes, or ${unassigned}`),
        ],
        `need an account of 12 digits in quotes, or ${unassigned}`,
      ),
    ],
    "need a list of exactly one account",
  ),
});
