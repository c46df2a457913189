import { expect } from "chai";
import type { SecretsSyncArgs } from "../../../components/secrets-sync";
import { full, registration } from "./fixture";

describe("SecretsSync: the Secret of a store's user", () => {
  const name = "auterity-secret-worker/database";
  const type = "kubernetes:external-secrets.io/v1:ExternalSecret";

  it("is made of name and password, and of the address in this region", async () => {
    const located: SecretsSyncArgs = {
      ...full,
      storeLocations: { "database-user": { host: "db.internal", port: 5432 } },
    };
    const { inputs } = await registration(located, type, name);
    const { data, target } = inputs["spec"] as { data: unknown; target: unknown };
    expect(target).to.deep.equal({
      name: "worker-database",
      creationPolicy: "Owner",
      deletionPolicy: "Retain",
      template: {
        engineVersion: "v2",
        mergePolicy: "Replace",
        data: {
          DATABASE_URL:
            "postgresql://{{ .username | urlquery }}:{{ .password | urlquery }}@db.internal:5432/{{ .dbname }}" +
            "?sslmode=verify-full&sslrootcert=/etc/auterity/database-certificates/ca.pem",
        },
      },
    });
    expect(data).to.deep.equal(
      ["username", "password", "dbname"].map((property) => ({
        secretKey: property,
        remoteRef: { key: "auterity/prod/worker/database", property },
      })),
    );
  });

  it("takes its variables as they are where no store is told", async () => {
    const { inputs } = await registration(full, type, name);
    expect((inputs["spec"] as { target: object }).target).not.to.have.property("template");
  });
});
