// A process of the lab: scales groups of machines by what pods need, and lets the machines join whose servers are there.
// argument: the folder of the lab
import { setTimeout as delay } from "node:timers/promises";
import { call } from "@plinth/clients";
import { messageOf } from "../../errors.js";
import { type ApiServer, apiServer } from "../kubernetes/servers.js";
import { joinMachines } from "../kwok/join-machines.js";
import { ClusterAutoscalerStandIn } from "./stand-in.js";

const [dir = "."] = process.argv.slice(2);
const idleSince = new Map<string, number>();

/** Namespaces in which there are machines. */
async function namespaces(server: ApiServer): Promise<Set<string>> {
  const { text } = await call(server, "/apis/cluster.x-k8s.io/v1beta2/machines");
  const { items = [] } = JSON.parse(text) as { items?: { metadata: { namespace: string } }[] };
  return new Set(items.map(({ metadata }) => metadata.namespace));
}

for (;;) {
  try {
    const server = await apiServer(dir);
    if (server !== undefined) {
      for (const namespace of await namespaces(server)) {
        for (const name of await joinMachines(server, namespace)) console.log(`${name} joins`);
      }
      for (const line of await new ClusterAutoscalerStandIn(server, idleSince).look()) console.log(line);
    }
  } catch (error) {
    console.error(messageOf(error));
  }
  await delay(1000);
}
