import { expect } from "chai";
import {
  isStoreUserOrigin,
  storeUserOrigins,
  storeUserProperties,
  storeUserTemplate,
} from "../../components/shared/store-user-values";
import { services } from "../../stacks/services";

const address = { host: "store.internal", port: 1234 };
const user = "{{ .username | urlquery }}:{{ .password | urlquery }}@store.internal:1234";

describe("the variables of a store's user", () => {
  it("are URLs that encrypt and check whom they reach", () => {
    expect(
      storeUserOrigins.map((origin) => [origin, storeUserTemplate(origin, "STORE_URL", address)]),
    ).to.deep.equal([
      [
        "database-user",
        `postgresql://${user}/{{ .dbname }}?sslmode=verify-full&sslrootcert=/etc/auterity/database-certificates/ca.pem`,
      ],
      ["broker-user", `amqps://${user}/%2F`],
      ["cache-user", `rediss://${user}/0?ssl_cert_reqs=required`],
    ]);
  });

  it("are the name and the password alone", () => {
    const made = ["REDIS_PASSWORD", "PGUSER", "STORE_USER", "STORE_USERNAME", "STORE_HOST"].map(
      (variable) => storeUserTemplate("cache-user", variable, address),
    );
    expect(made).to.deep.equal([
      "{{ .password }}",
      undefined,
      "{{ .username }}",
      "{{ .username }}",
      undefined,
    ]);
  });

  it("take from the secret what they read, and nothing else", () => {
    for (const origin of storeUserOrigins) {
      const read = ["URL", "PASSWORD", "USER"]
        .map((variable) => storeUserTemplate(origin, variable, address) ?? "")
        .join("")
        .matchAll(/\{\{ \.(\w+)/g);
      expect([...new Set([...read].map(([, property]) => property))]).to.have.members([
        ...storeUserProperties[origin],
      ]);
    }
  });

  it("are known for every user of the catalogue", () => {
    for (const { secrets } of services)
      for (const { origin, variables } of secrets)
        for (const variable of isStoreUserOrigin(origin) ? variables : [])
          expect(isStoreUserOrigin(origin) && storeUserTemplate(origin, variable, address)).to.be.a(
            "string",
          );
  });
});
