import type { PolicyResource } from "@pulumi/policy";
import { known } from "./known";

/** How a rule about several resources finds one from another: never by Pulumi name. */
export class Graph {
  private readonly byType = new Map<string, PolicyResource[]>();

  constructor(resources: readonly PolicyResource[]) {
    for (const resource of resources) {
      const sameType = this.byType.get(resource.type);
      if (sameType === undefined) this.byType.set(resource.type, [resource]);
      else sameType.push(resource);
    }
  }

  ofType(...types: readonly string[]): readonly PolicyResource[] {
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /**
   * The one resource of `type` that a property refers to: as the engine recorded it, which holds in a preview too,
   * else the one whose id, ARN or name in the cloud is the property's value.
   */
  resolve(resource: PolicyResource, property: string, type: string): PolicyResource | undefined {
    const recorded = (resource.propertyDependencies[property] ?? []).filter(
      (dependency) => dependency.type === type,
    );
    if (recorded.length === 1) return recorded[0];
    return this.withValue(
      type,
      known((): unknown => resource.props[property]),
    );
  }

  /** The resource of `type` whose id, ARN or name in the cloud is this value. */
  withValue(type: string, value: unknown): PolicyResource | undefined {
    if (typeof value !== "string") return undefined;
    return this.ofType(type).find((candidate) =>
      ["id", "arn", "name"].some((key) => known((): unknown => candidate.props[key]) === value),
    );
  }
}
