import type { ReadStream } from "node:tty";
import { SecretText } from "./secret-text";
import { SecretsError } from "./secrets-error";
import { readSource } from "./source-file";

/** Where the value comes from: a file, a pipe, or people, who do not see what they type. Never an argument. */
interface InputChoice {
  readonly file: string | undefined;
  readonly stdin: NodeJS.ReadStream;
  readonly prompt: NodeJS.WriteStream;
}

/** @throws SecretsError for a file that cannot be read and for an input that ends or is broken off. */
export async function readValue(variable: string, input: InputChoice): Promise<SecretText> {
  if (input.file !== undefined) {
    const read = readSource(input.file);
    if ("problem" in read) throw new SecretsError("the value cannot be read", [read.problem]);
    return withoutLineEnd(read.text);
  }
  if (input.stdin.isTTY) return readHidden(variable, input.stdin, input.prompt);
  const chunks: Buffer[] = [];
  for await (const chunk of input.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return withoutLineEnd(Buffer.concat(chunks).toString("utf8"));
}

function withoutLineEnd(text: string): SecretText {
  return new SecretText(text.replace(/\r?\n$/, ""));
}

function readHidden(
  variable: string,
  stdin: ReadStream,
  prompt: NodeJS.WriteStream,
): Promise<SecretText> {
  prompt.write(`new value of ${variable} (not shown): `);
  stdin.setRawMode(true);
  stdin.resume();
  return new Promise((settle, fail) => {
    let text = "";
    const end = (): void => {
      stdin.setRawMode(false);
      stdin.pause();
      stdin.off("data", take);
      prompt.write("\n");
    };
    const take = (chunk: Buffer): void => {
      for (const character of chunk.toString("utf8")) {
        if (character === "\r" || character === "\n" || character === "\u0004") {
          end();
          settle(new SecretText(text));
          return;
        }
        if (character === "\u0003") {
          end();
          fail(new SecretsError("broken off", ["nothing was changed"]));
          return;
        }
        text = character === "\u007f" || character === "\b" ? text.slice(0, -1) : text + character;
      }
    };
    stdin.on("data", take);
  });
}
