import { BackupClient } from "@aws-sdk/client-backup";
import { RDSClient } from "@aws-sdk/client-rds";
import { S3Client } from "@aws-sdk/client-s3";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { withConnection } from "../shared/postgres";
import { beat, heartbeatDatabase } from "./heartbeat";
import { readOrder, readStart } from "./order";
import { sourceLogin, validateRestore, type Surroundings } from "./validate-restore";

interface Context {
  getRemainingTimeInMillis(): number;
}

const retries = { maxAttempts: 6, retryMode: "standard" } as const;
const surroundings: Omit<Surroundings, "deadline"> = {
  backup: new BackupClient(retries),
  rds: new RDSClient(retries),
  s3: new S3Client(retries),
  secrets: new SecretsManagerClient(retries),
  // As it is: a line that the runtime wraps would carry no metrics.
  write: (line) => process.stdout.write(`${line}\n`),
};
/** Time to say how far it came. */
const marginMilliseconds = 20_000;

/**
 * Checks what a restore test restored, and tells AWS Backup and CloudWatch: whether it is what it was, how much would have
 * been lost, how long it took. And writes the heartbeat by which the loss is measured.
 */
export async function handler(event: unknown, context: Context): Promise<void> {
  const order = readOrder("VALIDATION_ORDER", process.env["VALIDATION_ORDER"]);
  const start = readStart(event);
  switch (start.kind) {
    case "heartbeat":
      if (order.database === undefined) return;
      return withConnection(
        { ...(await sourceLogin(order.database, surroundings.secrets)), dbname: heartbeatDatabase },
        beat,
      );
    case "restore":
      return validateRestore(order, start.restoreJobId, {
        ...surroundings,
        deadline: Date.now() + context.getRemainingTimeInMillis() - marginMilliseconds,
      });
  }
}
