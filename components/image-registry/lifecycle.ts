/** A lifecycle policy of ECR. @see https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html */
export interface LifecyclePolicy {
  readonly rules: readonly LifecycleRule[];
}

interface LifecycleRule {
  readonly rulePriority: number;
  readonly description: string;
  readonly selection: LifecycleSelection;
  readonly action: { readonly type: "expire" };
}

type LifecycleSelection =
  | {
      readonly tagStatus: "tagged";
      readonly tagPatternList: readonly string[];
      readonly countType: "imageCountMoreThan";
      readonly countNumber: number;
    }
  | {
      readonly tagStatus: "untagged" | "any";
      readonly countType: "sinceImagePushed";
      readonly countUnit: "days";
      readonly countNumber: number;
    };

/** Keeps the newest releases of a service, and what lost its tag for some days. */
export function planReleaseLifecycle(keepReleases: number, untaggedDays: number): LifecyclePolicy {
  return {
    rules: [
      {
        rulePriority: 1,
        description: `Expire untagged images after ${untaggedDays} days`,
        selection: {
          tagStatus: "untagged",
          countType: "sinceImagePushed",
          countUnit: "days",
          countNumber: untaggedDays,
        },
        action: { type: "expire" },
      },
      {
        rulePriority: 2,
        description: `Keep the newest ${keepReleases} releases`,
        selection: {
          tagStatus: "tagged",
          tagPatternList: ["*"],
          countType: "imageCountMoreThan",
          countNumber: keepReleases,
        },
        action: { type: "expire" },
      },
    ],
  };
}

/**
 * Drops cached images some days after they were fetched; the next pull fetches them again. By age and for all alike:
 * what is pulled by digest is cached without a tag, so a rule on untagged images would drop what is running, and ECR's
 * count since the last pull can archive images but not expire them.
 */
export function planCacheLifecycle(cacheDays: number): LifecyclePolicy {
  return {
    rules: [
      {
        rulePriority: 1,
        description: `Expire cached images ${cacheDays} days after they were fetched`,
        selection: {
          tagStatus: "any",
          countType: "sinceImagePushed",
          countUnit: "days",
          countNumber: cacheDays,
        },
        action: { type: "expire" },
      },
    ],
  };
}
