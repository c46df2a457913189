/** What keeps the command from its work; its message is for people, without a stack. */
export class ImagesError extends Error {
  public override readonly name = "ImagesError";
}
