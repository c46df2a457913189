import type * as aws from "@pulumi/aws";

const shortText = { minLength: "1", maxLength: "256" };

function text(name: string, required: boolean): aws.types.input.cognito.UserPoolSchema {
  return {
    name,
    attributeDataType: "String",
    developerOnlyAttribute: false,
    mutable: true,
    required,
    stringAttributeConstraints: shortText,
  };
}

/** What is known of a person. Own attributes can never be required, and none can be changed or taken out later. */
export const attributeSchemas: readonly aws.types.input.cognito.UserPoolSchema[] = [
  text("email", true),
  text("given_name", true),
  text("family_name", true),
  text("department", false),
  text("role", false),
];

/** What an application sees of the person who signed in. */
export const readableAttributes: readonly string[] = [
  "custom:department",
  "custom:role",
  "email",
  "email_verified",
  "family_name",
  "given_name",
];

/** What people may change about themselves: a role or a department that one gives oneself would be worth nothing. */
export const writableAttributes: readonly string[] = ["email", "family_name", "given_name"];
