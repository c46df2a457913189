import { z } from "zod";

/** A text of this form, refused in words. */
export const text = (pattern: RegExp, need: string) => z.string(need).regex(pattern, need);
