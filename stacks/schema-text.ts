import { z } from "zod";

/** A text of this form, refused in words. */
export const text = (pattern: RegExp, need: string) => z.string(need).regex(pattern, need);

/** Stands for a value that only an account or a person can give; a plan goes on with it, a deployment does not. */
export const unassigned = "unassigned";
