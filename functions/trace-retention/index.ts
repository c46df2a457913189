import { deleteOldIndices } from "./retention";
import { signedRequest } from "./request";

/** Deletes indices of traces that are older than they are to be kept, and says which. One that fails fails the run. */
export async function handler(): Promise<void> {
  const deleted = await deleteOldIndices(
    {
      prefix: variable("INDEX_PREFIX"),
      retentionDays: Number(variable("RETENTION_DAYS")),
      today: new Date(),
    },
    signedRequest(variable("ENDPOINT"), variable("AWS_REGION")),
  );
  console.info({ message: "old traces", deleted });
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set`);
  return value;
}
