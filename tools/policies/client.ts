import * as grpc from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type * as messages from "@pulumi/pulumi/proto/analyzer_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { PlanError } from "../plan/plan-error";
import { limitInFlight } from "./in-flight";

type Reply<T> = (error: grpc.ServiceError | null, response: T) => void;

/** Calls to a running policy server, each with a time limit and an error that says what was asked. */
export interface PolicyClient {
  info(): Promise<messages.AnalyzerInfo>;
  configure(request: messages.ConfigureAnalyzerRequest): Promise<unknown>;
  configureStack(request: messages.AnalyzerStackConfigureRequest): Promise<unknown>;
  analyze(request: messages.AnalyzeRequest): Promise<messages.AnalyzeResponse>;
  remediate(request: messages.AnalyzeRequest): Promise<messages.RemediateResponse>;
  analyzeStack(request: messages.AnalyzeStackRequest): Promise<messages.AnalyzeResponse>;
  close(): void;
}

/** A stack of thousands of resources goes over in one message. */
const unlimited = {
  "grpc.max_receive_message_length": -1,
  "grpc.max_send_message_length": -1,
};

/** Keeps the server busy; thousands of open calls at once cost more than they bring. */
const callsInFlight = 32;

/** @param callSeconds A rule that does not come back is given up then. */
export function connectPolicyServer(port: number, callSeconds = 60): PolicyClient {
  const client = new AnalyzerClient(
    `127.0.0.1:${port}`,
    grpc.credentials.createInsecure(),
    unlimited,
  );
  const none = new grpc.Metadata();
  const limited = limitInFlight(callsInFlight);
  const call = <T>(
    what: string,
    send: (options: grpc.CallOptions, reply: Reply<T>) => unknown,
  ): Promise<T> =>
    limited(
      () =>
        new Promise((settle, fail) => {
          const deadline = Date.now() + callSeconds * 1000;
          send({ deadline }, (error, response) => {
            if (error === null) settle(response);
            else fail(new PlanError(`policy pack: ${what}: ${reason(error, callSeconds)}`));
          });
        }),
    );
  return {
    info: () =>
      call("its rules", (options, reply) =>
        client.getAnalyzerInfo(new Empty(), none, options, reply),
      ),
    configure: (request) =>
      call("its configuration", (options, reply) =>
        client.configure(request, none, options, reply),
      ),
    configureStack: (request) =>
      call("its stack", (options, reply) => client.configureStack(request, none, options, reply)),
    analyze: (request) =>
      call(`judging ${request.getUrn()}`, (options, reply) =>
        client.analyze(request, none, options, reply),
      ),
    remediate: (request) =>
      call(`remediating ${request.getUrn()}`, (options, reply) =>
        client.remediate(request, none, options, reply),
      ),
    analyzeStack: (request) =>
      call("judging the stack", (options, reply) =>
        client.analyzeStack(request, none, options, reply),
      ),
    close: () => {
      client.close();
    },
  };
}

function reason({ code, details }: grpc.ServiceError, callSeconds: number): string {
  if (code === grpc.status.DEADLINE_EXCEEDED) return `no answer after ${callSeconds} s`;
  const ended = code === grpc.status.UNAVAILABLE || code === grpc.status.CANCELLED;
  return ended ? `the server ended (${details})` : details;
}
