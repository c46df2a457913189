import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A page that arrived: as PagerDuty gets it. */
export interface Page {
  readonly alert: string;
  readonly service: string;
  readonly key: string;
  readonly at: number;
}

/** Stands for PagerDuty, the chat and the receiver outside; and gives Prometheus what it reads. */
export class Receiver {
  readonly pages: Page[] = [];
  readonly tickets: string[] = [];
  watchdogs = 0;
  readonly topics: Record<string, number> = {};

  private constructor(
    private readonly server: Server,
    private readonly metrics: () => string,
  ) {
    server.on("request", (request, response) => {
      if (request.url === "/metrics") {
        response.setHeader("Content-Type", "text/plain; version=0.0.4");
        response.end(this.metrics());
        return;
      }
      void readBody(request).then((body) => {
        const url = request.url ?? "";
        if (url.startsWith("/topics")) {
          this.publish(body);
          response.setHeader("Content-Type", "text/xml");
          response.end(published);
          return;
        }
        this.take(url, body);
        response.statusCode = 202;
        response.end("{}");
      });
    });
  }

  static async start(metrics: () => string): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server, metrics);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return receiver;
  }

  get address(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private publish(body: string): void {
    const topic = new URLSearchParams(body).get("TopicArn")?.split(":").at(-1) ?? "";
    this.topics[topic] = (this.topics[topic] ?? 0) + 1;
  }

  private take(url: string, body: string): void {
    const message = JSON.parse(body) as Message;
    if (url === "/watchdog") this.watchdogs += 1;
    if (url === "/pagerduty" && message.event_action === "trigger")
      this.pages.push({
        alert: message.payload?.class ?? "",
        service: message.payload?.component ?? "",
        key: message.routing_key ?? "",
        at: performance.now(),
      });
    const title = message.attachments?.[0]?.title ?? "";
    const ticket = /^FIRING (\w+) \(warning\)/.exec(title)?.[1];
    if (url === "/chat" && ticket !== undefined) this.tickets.push(ticket);
  }
}

/** What a topic of AWS answers. */
const published =
  '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult>' +
  "<MessageId>1</MessageId></PublishResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></PublishResponse>";

interface Message {
  readonly event_action?: string;
  readonly routing_key?: string;
  readonly payload?: { readonly class?: string; readonly component?: string };
  readonly attachments?: readonly { readonly title?: string }[];
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}
