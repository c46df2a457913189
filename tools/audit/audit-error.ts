/** What keeps a report from being made; its message is for people, without a stack. */
export class AuditError extends Error {
  public override readonly name = "AuditError";
}
