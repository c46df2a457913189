import { ImagesError } from "./images-error";

/** An image as a container runtime reads its name. */
export interface ImageReference {
  /** Host that serves it, with its port. */
  readonly registry: string;
  /** Path in the registry. */
  readonly repository: string;
  readonly tag: string;
  /** The name without digest, as it is written. */
  readonly text: string;
  /** Digest that is written behind the tag. */
  readonly digest: string | undefined;
}

const dockerHub = "registry-1.docker.io";

/** Without a host it is Docker Hub's, without an owner an official one. @throws ImagesError without a tag. */
export function parseReference(image: string): ImageReference {
  const [text = "", digest] = image.split("@");
  const colon = text.lastIndexOf(":");
  if (colon <= text.lastIndexOf("/"))
    throw new ImagesError(`${image}: got no tag, need the version to pin`);
  const name = text.slice(0, colon);
  const tag = text.slice(colon + 1);
  const slash = name.indexOf("/");
  const host = slash === -1 ? "" : name.slice(0, slash);
  const hosted = host.includes(".") || host.includes(":") || host === "localhost";
  const registry = !hosted || host === "docker.io" ? dockerHub : host;
  const path = hosted ? name.slice(slash + 1) : name;
  const repository = registry === dockerHub && !path.includes("/") ? `library/${path}` : path;
  return { registry, repository, tag, text, digest };
}
