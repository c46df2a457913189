import type {
  PolicyProviderResource,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  ReportViolation,
  StackValidationPolicy,
} from "@pulumi/policy";
import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import type { Unwrap } from "@pulumi/pulumi";
import { Graph } from "./graph";
import { type Waiver, judgeWaivers, waiversSchema } from "./waivers";

/** Where a rule stops a deployment; "production" means prod and recovery, with advice only in dev. */
type Reach = "everywhere" | "production" | "nowhere";

/** The configuration properties of a rule; every one has a default. */
type Settings<S> = {
  readonly [K in keyof S]: PolicyConfigJSONSchema & { readonly default: S[K] };
};

type Metadata = Required<
  Pick<ResourceValidationPolicy, "severity" | "tags" | "remediationSteps" | "url">
> &
  Pick<ResourceValidationPolicy, "name" | "description" | "framework">;

interface Facts {
  readonly reach: Reach;
  /** Type tokens that the rule looks at. */
  readonly types: readonly string[];
}
export type ResourceRule = ResourceValidationPolicy & Metadata & Facts;
export type StackRule = StackValidationPolicy & Metadata & Facts;

/** One resource under judgement; its properties may be unknown, so read them through `known` or `snapshot`. */
export interface Subject<S> {
  readonly type: string;
  readonly urn: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly provider: PolicyProviderResource | undefined;
  /** Whether Pulumi itself refuses to delete it. */
  readonly isProtected: boolean;
  readonly settings: S;
  /** No property value that may be secret belongs into a message: names, paths and tokens do. */
  readonly report: (message: string) => void;
}
export interface Check<S> {
  readonly types: readonly string[];
  readonly run: (subject: Subject<S>) => void;
}

/** A check of resources by their type tokens; `A` is the type of their arguments, and costs nothing at run time. */
export function onType<A, S = object>(
  types: string | readonly string[],
  check: (props: Unwrap<A>, subject: Subject<S>) => void,
): Check<S> {
  return {
    types: typeof types === "string" ? [types] : types,
    run: (subject) => {
      check(subject.props as Unwrap<A>, subject);
    },
  };
}

/** The same without a type, for what is read as plain data. */
export function onResource<S>(
  types: readonly string[],
  run: (subject: Subject<S>) => void,
): Check<S> {
  return { types, run };
}

const levels = {
  everywhere: "mandatory",
  production: "mandatory",
  nowhere: "advisory",
} as const satisfies Record<Reach, string>;

interface RuleSpec<S> extends Metadata {
  readonly reach: Reach;
  readonly settings: Settings<S>;
}

function describe<S>({ settings, ...spec }: RuleSpec<S>) {
  const properties = { ...settings, exempt: waiversSchema };
  const defaults = Object.fromEntries(
    Object.entries<{ readonly default: unknown }>(properties).map(([key, schema]) => [
      key,
      schema.default,
    ]),
  );
  return {
    facts: { ...spec, enforcementLevel: levels[spec.reach], configSchema: { properties } },
    // Only the command line applies defaults; a host without it passes what the file says.
    settingsOf: (config: object) => ({ ...defaults, ...config }) as S & { exempt: Waiver[] },
  };
}

export function resourceRule<S = object>(
  spec: RuleSpec<S> & { readonly checks: readonly Check<S>[] },
): ResourceRule {
  const { checks, ...metadata } = spec;
  const { facts, settingsOf } = describe<S>(metadata);
  const types = checks.flatMap((check) => check.types);

  const validateResource = (args: ResourceValidationArgs, reportViolation: ReportViolation) => {
    const mine = checks.filter((check) => check.types.includes(args.type));
    if (mine.length === 0) args.notApplicable(`${spec.name} does not look at ${args.type}`);
    const settings = settingsOf(args.getConfig());
    const waived = judgeWaivers(settings.exempt, args.urn, new Date());
    for (const problem of waived.problems) reportViolation(problem);
    const report = (message: string) => {
      if (!waived.excused) reportViolation(message);
    };
    const { type, urn, provider } = args;
    const props = args.props as Readonly<Record<string, unknown>>;
    const isProtected = args.opts.protect;
    for (const check of mine)
      check.run({ type, urn, props, provider, isProtected, settings, report });
  };
  // Lets the engine pass over other types without reading their properties.
  const [only, ...others] = types;
  if (only !== undefined && others.length === 0)
    Object.assign(validateResource, { __pulumiType: only });
  return { ...facts, types, validateResource };
}

/** What a rule about several resources sees. */
export interface StackSubject<S> {
  readonly graph: Graph;
  readonly settings: S;
  readonly report: (message: string, urn: string) => void;
}

export function stackRule<S = object>(
  spec: RuleSpec<S> & {
    readonly types: readonly string[];
    readonly check: (subject: StackSubject<S>) => void;
  },
): StackRule {
  const { check, types, ...metadata } = spec;
  const { facts, settingsOf } = describe<S>(metadata);
  return {
    ...facts,
    types,
    validateStack: (args, reportViolation) => {
      const mine = args.resources.filter(({ type }) => types.includes(type));
      if (mine.length === 0) args.notApplicable(`${spec.name} finds nothing to look at`);
      const settings = settingsOf(args.getConfig());
      const now = new Date();
      for (const { urn } of mine)
        for (const problem of judgeWaivers(settings.exempt, urn, now).problems)
          reportViolation(problem, urn);
      const report = (message: string, urn: string) => {
        if (!judgeWaivers(settings.exempt, urn, now).excused) reportViolation(message, urn);
      };
      check({ graph: new Graph(args.resources), settings, report });
    },
  };
}
