import { Resource } from "@pulumi/pulumi";

/** Static and private: where the SDK looks up the line that made a resource, for the engine's display. */
interface CallSites {
  callsites: () => readonly unknown[];
}

/**
 * Runs a program without the stacks that the SDK captures for every promise and every resource: two thirds of the time of
 * a registration. Errors that come out of it do not say where; run it again with stacks for that.
 */
export async function withoutStacks<T>(run: () => Promise<T>): Promise<T> {
  const resource = Resource as unknown as CallSites;
  const { stackTraceLimit } = Error;
  const { callsites } = resource;
  try {
    Error.stackTraceLimit = 0;
    resource.callsites = () => [];
    return await run();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    resource.callsites = callsites;
  }
}
