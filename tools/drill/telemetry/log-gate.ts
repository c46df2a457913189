import {
  createServer,
  request,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";

/**
 * Stands where Loki listens, and hands on to the store of this drill, which takes the same requests under another path.
 * It can be shut, as a store that is away.
 */
export class LogGate {
  private open = true;

  private constructor(
    private readonly server: Server,
    private readonly target: { readonly port: number; readonly streamFields: string },
  ) {
    server.on("request", (incoming: IncomingMessage, answer: ServerResponse) => {
      this.handOn(incoming, answer);
    });
  }

  static async start(
    host: string,
    target: { readonly port: number; readonly streamFields: string },
  ): Promise<LogGate> {
    const server = createServer();
    const gate = new LogGate(server, target);
    await new Promise<void>((resolve) => server.listen(3100, host, resolve));
    return gate;
  }

  shut(): void {
    this.open = false;
  }

  reopen(): void {
    this.open = true;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private handOn(incoming: IncomingMessage, answer: ServerResponse): void {
    if (!this.open || incoming.url !== "/otlp/v1/logs") {
      incoming.resume();
      answer.writeHead(this.open ? 404 : 503).end();
      return;
    }
    const { port, streamFields } = this.target;
    const outgoing = request(
      {
        ...{ host: "127.0.0.1", port, method: "POST", path: "/insert/opentelemetry/v1/logs" },
        headers: {
          ...incoming.headers,
          host: `127.0.0.1:${port}`,
          // As the planned labels of Loki, by which it keeps lines together.
          "vl-stream-fields": streamFields,
        },
      },
      (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      },
    );
    outgoing.once("error", () => answer.writeHead(503).end());
    incoming.pipe(outgoing);
  }
}
