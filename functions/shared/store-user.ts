import { randomBytes } from "node:crypto";
import type { SecretValue } from "./secret-value";

/** What a secret of a user of a store holds; where the store is, is no secret and not in it. */
export interface StoreUser {
  readonly username: string;
  readonly password: string;
}

/** 256 bits; of letters, digits, - and _ alone, so that the password stands in a URL as it is. */
const passwordBytes = 32;

export function newPassword(): string {
  return randomBytes(passwordBytes).toString("base64url");
}

/** Undefined in a secret that nobody has filled yet. */
export function storeUserIn({ username, password }: SecretValue): StoreUser | undefined {
  return isGiven(username) && isGiven(password) ? { username, password } : undefined;
}

/** @throws Error, without any value. */
export function pendingStoreUser(pending: SecretValue): StoreUser {
  const user = storeUserIn(pending);
  if (user === undefined)
    throw new Error(
      "its pending version has no username or no password (cancel the rotation and start it again)",
    );
  return user;
}

function isGiven(text: string | undefined): text is string {
  return text !== undefined && text !== "";
}

/** An entry of the function's settings for one secret: a secret that nobody configured is nobody's to rotate. */
export function configuredFor<T>(users: Readonly<Record<string, T>>, secretName: string): T {
  const found = Object.entries(users).find(([name]) => name === secretName);
  if (found === undefined) throw new Error("it is none of the secrets of this function");
  return found[1];
}

/** @throws Error if the function was deployed without it. */
export function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set`);
  return value;
}
