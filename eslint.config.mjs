import eslint from "@eslint/js";
import pulumi from "@pulumi/eslint-plugin";
import tseslint from "typescript-eslint";

const noResourceInApply = {
  selector:
    "CallExpression[callee.property.name='apply'] NewExpression:not([callee.name=/Error$|^(Set|Map|Date|URL)$/], [callee.property.name=/Error$/])",
  message:
    "No resource inside apply: a preview would not show it. Make the shape a plain argument.",
};
const noEnvironment = {
  selector: "MemberExpression[object.object.name='process'][object.property.name='env']",
  message: "The environment is no input: pass the value as an argument or read it in stacks/.",
};
const noEnvironmentObject = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: "The environment is no input: pass the value as an argument or read it in stacks/.",
};
const noStackLookup = {
  selector: "CallExpression[callee.property.name='getStack']",
  message: "Components do not know the stack: take what differs as an argument.",
};
const noConfig = {
  selector: "NewExpression[callee.property.name='Config'], NewExpression[callee.name='Config']",
  message: "Components read no configuration: take it as an argument.",
};
const noExpectInApply = {
  selector: "CallExpression[callee.property.name='apply'] CallExpression[callee.name='expect']",
  message: "An expectation inside apply may never run: await valueOf(output) instead.",
};

const importOnly = (allowed, forbidden) => [
  "error",
  {
    patterns: [
      {
        regex: `^(\\.\\./)+(${forbidden.join("|")})(/|$)`,
        message: `Imports point one way: stacks → components → components/shared. Here: ${allowed}.`,
      },
    ],
  },
];

export default tseslint.config(
  { ignores: ["node_modules/**", "out/**", "**/node_modules/**", "dist/**"] },
  eslint.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
  },
  {
    files: ["**/*.ts"],
    plugins: { "@pulumi": pulumi },
    rules: {
      "@pulumi/no-output-in-template-literal": "error",
      "@pulumi/no-output-instance-in-template-literal": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/consistent-type-imports": [
        "error",
        { fixStyle: "inline-type-imports", disallowTypeAnnotations: false },
      ],
      "@typescript-eslint/no-explicit-any": "error",
      "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
      "max-params": ["error", 3],
      "no-restricted-syntax": ["error", noResourceInApply],
    },
  },
  {
    files: ["components/**/*.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        noResourceInApply,
        noEnvironment,
        noEnvironmentObject,
        noStackLookup,
        noConfig,
      ],
      "no-restricted-imports": importOnly("components", [
        "stacks",
        "policy",
        "tools",
        "tests",
        "examples",
      ]),
    },
  },
  {
    files: ["components/shared/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "^\\.\\./",
              message: "components/shared imports nothing of ours outside itself.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["stacks/**/*.ts"],
    rules: {
      "no-restricted-imports": importOnly("stacks", ["policy", "tools", "tests", "examples"]),
    },
  },
  {
    files: ["policy/**/*.ts"],
    rules: {
      "no-restricted-imports": importOnly("policy, which must judge foreign code too", [
        "components",
        "stacks",
        "tools",
        "tests",
        "examples",
      ]),
      "no-restricted-syntax": ["error", noEnvironment, noEnvironmentObject],
    },
  },
  {
    files: ["tools/**/*.ts"],
    rules: { "no-restricted-imports": importOnly("tools", ["tests"]) },
  },
  {
    files: ["tests/**/*.ts"],
    rules: {
      "no-restricted-syntax": ["error", noExpectInApply],
      // A describe block is one function; the length that matters is that of each test.
      "max-lines-per-function": "off",
      "@typescript-eslint/no-unused-expressions": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
  {
    // The house's resources register by being constructed.
    files: ["**/*.ts"],
    rules: { "no-new": "off", "@typescript-eslint/no-extraneous-class": "off" },
  },
  { files: ["**/*.mjs", "**/*.js"], extends: [tseslint.configs.disableTypeChecked] },
);
