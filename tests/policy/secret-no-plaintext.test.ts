import { secretNoPlaintext } from "../../policy/rules/secret-no-plaintext";
import { deployment, release } from "./fixtures";
import { describeRule } from "./rule-table";

const configMap = "kubernetes:core/v1:ConfigMap";
const lambda = "aws:lambda/function:Function";
const pod = (...env: object[]) => ({
  spec: { template: { spec: { containers: [{ name: "api", env }] } } },
});
const at = "spec.template.spec.containers[api].env";
const named = "has the name of a credential, and its value in the clear";

describeRule(secretNoPlaintext, [
  [
    "a reference to a Secret passes",
    deployment,
    pod({ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "s", key: "k" } } }),
    [],
  ],
  [
    "a password in the clear is reported by its name alone",
    deployment,
    pod({ name: "DB_PASSWORD", value: "hunter2" }),
    [`${at}[DB_PASSWORD]: ${named}`],
  ],
  [
    "what another variable has is no literal",
    deployment,
    pod({ name: "PGPASSWORD", value: "$(DB_PASSWORD)" }),
    [],
  ],
  [
    "where a credential is, or how it is made, is none",
    deployment,
    pod(
      { name: "TOKEN_FILE", value: "/run/token" },
      { name: "SECRET_NAME", value: "db" },
      { name: "PASSWORD_MIN_LENGTH", value: "12" },
      { name: "SECRETS_READY", value: "true" },
    ),
    [],
  ],
  [
    "a URL with a password is reported under any name",
    deployment,
    pod({ name: "ENDPOINT", value: "amqps://user:hunter2@broker:5671/" }),
    [`${at}[ENDPOINT]: holds a URL with a password`],
  ],
  [
    "a URL that is put together from variables passes",
    deployment,
    pod({ name: "ENDPOINT", value: "amqps://user:$(PASSWORD)@broker:5671/" }),
    [],
  ],
  [
    "a URL without a password passes",
    deployment,
    pod({ name: "ENDPOINT", value: "https://api.example:8443/a@b" }),
    [],
  ],
  [
    "a default for a secret is one in the clear",
    deployment,
    pod({ name: "MODE", value: "x ${APP_SECRET:-changeme}" }),
    [`${at}[MODE]: holds a placeholder with a default in the clear`],
  ],
  [
    "init containers are judged",
    deployment,
    {
      spec: {
        template: { spec: { initContainers: [{ env: [{ name: "API_KEY", value: "k" }] }] } },
      },
    },
    [`spec.template.spec.initContainers[0].env[API_KEY]: ${named}`],
  ],
  [
    "a load test's runner is judged",
    "kubernetes:k6.io/v1alpha1:TestRun",
    { spec: { runner: { env: [{ name: "ADMIN_TOKEN", value: "t" }] } } },
    [`spec.runner.env[ADMIN_TOKEN]: ${named}`],
  ],
  [
    "a function's variables are judged",
    lambda,
    { environment: { variables: { DB_PASSWORD: "hunter2", REGION: "us-west-2" } } },
    [`environment.variables.DB_PASSWORD: ${named}`],
  ],
  [
    "a ConfigMap with settings passes",
    configMap,
    { data: { LOG_LEVEL: "info", "app.yaml": "password: ${DB_PASSWORD}\n" } },
    [],
  ],
  [
    "certificates are made to be shown",
    configMap,
    {
      data: {
        "ca.pem": `-----BEGIN CERTIFICATE-----\nMIIEBjCCAu6gAwIBAgIJAMc0ZzaSUK51MA0GCSqGSIb3DQEBCwUAMIGPMQswCQYD\n-----END CERTIFICATE-----\n`,
      },
    },
    [],
  ],
  [
    "a ConfigMap's keys and files are judged",
    configMap,
    {
      data: {
        SESSION_SECRET: "s3",
        "app.yaml": "db:\n  password: hunter2\n",
        "key.pem": "-----BEGIN PRIVATE KEY-----",
      },
    },
    [
      `data.SESSION_SECRET: ${named}`,
      "data.app.yaml: holds a literal value for password",
      "data.key.pem: holds a private key",
    ],
  ],
  [
    "a list of ConfigMaps is judged",
    `${configMap}List`,
    { items: [{ data: { PASSWORD: "x" } }] },
    [`items[0].data.PASSWORD: ${named}`],
  ],
  [
    "a chart's values are judged by what they look like",
    release,
    {
      values: {
        secretName: "tls",
        list: [{ dsn: "https://a:b@c.example/1" }],
        id: "AKIAIOSFODNN7EXAMPLE",
      },
    },
    [
      "values.list[0].dsn: holds a URL with a password",
      "values.id: holds what looks like an access key or token",
    ],
  ],
  [
    "empty values pass",
    deployment,
    pod({ name: "DB_PASSWORD", value: "" }, { name: "DB_SECRET" }),
    [],
  ],
]);
