import type { SecretText } from "./secret-text";
import type { Place } from "./source-file";

/** Where a credential stands, in the words of Compose. */
export type Source =
  | "environment"
  | "env file"
  | "command"
  | "secret content"
  | "secret file"
  | "config content"
  | "comment"
  | "elsewhere in the file";

/** A part of a file that the cleaned copy replaces. */
export interface Edit {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** A credential at one place, for one service. */
export interface Finding {
  readonly place: Place;
  /** Service of the Compose file; undefined where the text belongs to none. */
  readonly service: string | undefined;
  readonly variable: string;
  readonly source: Source;
  /** How it was recognised. */
  readonly kind: string;
  /** What the service gets at this place; undefined where nothing gives a value. */
  readonly value: SecretText | undefined;
  /** A text that waits to be replaced by a credential. */
  readonly placeholder: boolean;
  /** False where another assignment overrides it, or where it is only the default of one. */
  readonly effective: boolean;
  /** False for a reference to a value that stands elsewhere. */
  readonly plaintext: boolean;
  /** Further texts at the place that are credentials: parts of the value, defaults. */
  readonly secrets: readonly SecretText[];
  readonly edits: readonly Edit[];
}
