/** The thread that reads one long answer. See `read.ts`. */
import { parentPort, workerData } from "node:worker_threads";
import { type ReadRequest, readHere } from "./read.ts";

parentPort?.postMessage(readHere(workerData as ReadRequest));
