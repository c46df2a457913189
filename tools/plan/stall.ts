import * as debuggable from "@pulumi/pulumi/runtime/debuggable";
import type { OfflineEngine } from "../offline/engine";

/** Nothing that a plan waits for takes time of its own, so a longer silence means that something never comes. */
const defaultSilenceSeconds = 5;

/** A resource waits for something that never comes: the SDK would wait for ever, without a word. */
export class StallError extends Error {
  override readonly name = "StallError";

  constructor(silenceSeconds: number) {
    super(
      `nothing was registered for ${silenceSeconds} s, and something still waits:\n${waiting()}`,
    );
  }
}

/** Awaits every registration. @throws StallError */
export async function settleOrStall(
  engine: Pick<OfflineEngine, "registrations" | "settle">,
  silenceSeconds = defaultSilenceSeconds,
): Promise<void> {
  let watch: NodeJS.Timeout | undefined;
  const stalled = new Promise<never>((_, reject) => {
    let seen = -1;
    let silence = 0;
    watch = setInterval(() => {
      silence = engine.registrations.length === seen ? silence + 1 : 0;
      seen = engine.registrations.length;
      if (silence >= silenceSeconds) reject(new StallError(silenceSeconds));
    }, 1000);
  });
  try {
    await Promise.race([engine.settle(), stalled]);
  } finally {
    clearInterval(watch);
  }
}

/** The SDK's own explanation of which resource waits for what; not in its types. */
interface PromiseLeaks {
  leakedPromises(): readonly [leaks: ReadonlySet<unknown>, message: string];
}

function waiting(): string {
  const [, message] = (debuggable as unknown as PromiseLeaks).leakedPromises();
  const resources = message.split("\n").filter((line) => line.startsWith("  * "));
  return resources.length > 0 ? resources.join("\n") : message;
}
