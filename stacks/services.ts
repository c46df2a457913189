import type { ServiceRecord } from "../components/shared/service-record";
import { automatrixApi, automatrixWeb, automatrixWorker } from "./catalogue/automatrix";
import { neuroweaverApi, neuroweaverTraining, neuroweaverWeb } from "./catalogue/neuroweaver";
import { relaycore } from "./catalogue/relaycore";

/** The catalogue: what the platform runs. Adding a service is adding a record here. */
export const services: readonly ServiceRecord[] = [
  automatrixApi,
  automatrixWorker,
  automatrixWeb,
  relaycore,
  neuroweaverApi,
  neuroweaverWeb,
  neuroweaverTraining,
];
