import type { PolicyResource } from "@pulumi/policy";
import { known, snapshot, unknownValue } from "./known";

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

  /**
   * The resources of `types` that a property, one reference or a list of them, refers to; undefined where a preview
   * cannot tell. The engine records all that a property waits for, which for the output of a component is everything
   * in it: a record counts only where it has as many entries as the property has values that are still to be found.
   */
  referents(
    resource: PolicyResource,
    property: string,
    ...types: readonly string[]
  ): readonly PolicyResource[] | undefined {
    const value = snapshot((): unknown => resource.props[property]);
    const values: readonly unknown[] = Array.isArray(value)
      ? value
      : value === undefined
        ? []
        : [value];
    const byValue = values.flatMap((item) =>
      types.flatMap((type) => this.withValue(type, item) ?? []),
    );
    const recorded = (resource.propertyDependencies[property] ?? []).filter(
      ({ type, urn }) => types.includes(type) && byValue.every((found) => found.urn !== urn),
    );
    const open = values.filter((item) => item === unknownValue).length;
    // Known values that no resource has: the engine may not say the id of one, and some refer to what is elsewhere.
    const unmatched = values.length - byValue.length;
    if (recorded.length === open || recorded.length === unmatched) return [...byValue, ...recorded];
    return open === 0 ? byValue : undefined;
  }

  /** The resource of `type` whose id, ARN or name in the cloud is this value. */
  withValue(type: string, value: unknown): PolicyResource | undefined {
    if (typeof value !== "string") return undefined;
    return this.ofType(type).find((candidate) =>
      ["id", "arn", "name"].some((key) => known((): unknown => candidate.props[key]) === value),
    );
  }
}
