import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "selfsigned";

/** Files of a certificate and its key. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** An authority of one drill, made anew for each. */
export interface Authority {
  readonly certificateAuthority: string;
  /** For both ends of a connection on this machine; `names` are those that clients may know the server by. */
  readonly issue: (commonName: string, names?: readonly string[]) => Promise<Certificate>;
}

const curve = { keyType: "ec", curve: "P-256", algorithm: "sha256" } as const;

export async function createAuthority(folder: string): Promise<Authority> {
  mkdirSync(folder, { recursive: true });
  const authority = await generate([{ name: "commonName", value: "drill" }], {
    ...curve,
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const certificateAuthority = join(folder, "authority.crt");
  writeFileSync(certificateAuthority, authority.cert);
  return {
    certificateAuthority,
    issue: async (commonName, names = []) => {
      const issued = await generate([{ name: "commonName", value: commonName }], {
        ...curve,
        ca: { key: authority.private, cert: authority.cert },
        extensions: [
          { name: "basicConstraints", cA: false },
          { name: "extKeyUsage", serverAuth: true, clientAuth: true },
          {
            name: "subjectAltName",
            altNames: [
              { type: 7, ip: "127.0.0.1" },
              ...["localhost", ...names].map((value) => ({ type: 2, value }) as const),
            ],
          },
        ],
      });
      const file = join(folder, commonName);
      writeFileSync(`${file}.crt`, issued.cert);
      writeFileSync(`${file}.key`, issued.private, { mode: 0o600 });
      return { certificate: `${file}.crt`, key: `${file}.key` };
    },
  };
}
