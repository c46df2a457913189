import { createHmac } from "node:crypto";
import { inspect } from "node:util";

/** A value that nobody may see: printing, logging or serialising it gives a substitute, never the text. */
export class SecretText {
  static readonly substitute = "[not shown]";
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** For writing to the store and for comparing alone. */
  reveal(): string {
    return this.#text;
  }

  equals(other: SecretText): boolean {
    return this.#text === other.#text;
  }

  /** Tells two values apart without telling either. */
  fingerprint(salt: string): string {
    return createHmac("sha256", Buffer.from(salt, "hex")).update(this.#text).digest("hex");
  }

  toString(): string {
    return SecretText.substitute;
  }

  toJSON(): string {
    return SecretText.substitute;
  }

  [inspect.custom](): string {
    return SecretText.substitute;
  }
}
