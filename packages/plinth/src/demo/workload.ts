import { writeFile } from "node:fs/promises";

/**
 * Writes a workload that needs one machine more than there is: as many Pods as there are machines and one, each of which
 * takes most of one.
 *
 * @param placement what a pod's spec says to land on the machines of the group
 */
export async function writeWorkload(file: string, placement: object, machines: number): Promise<void> {
  const labels = { app: "on-demand" };
  const requests = { cpu: "3", memory: "4Gi" };
  const workload = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "on-demand", namespace: "default" },
    spec: {
      replicas: machines + 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          ...placement,
          containers: [{ name: "pause", image: "registry.k8s.io/pause:3.10", resources: { requests } }],
        },
      },
    },
  };
  await writeFile(file, `${JSON.stringify(workload, undefined, 2)}\n`);
}
