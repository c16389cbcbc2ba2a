import { describe, expect, it } from "vitest";
import { runCloud, sent } from "../../testing/captured-cloud.js";
import { CLUSTER_API_ARGS } from "../../testing/cluster-api.js";

describe("smoke", () => {
  it("runs", async () => {
    const attempt = await runCloud({
      cloud: CLUSTER_API_ARGS,
      group: { taints: [{ key: "x", effect: "NoSchedule" }] },
    });
    expect(attempt.errors).toEqual([]);
    console.log(JSON.stringify({ ...sent(attempt, "cloud"), ...sent(attempt, "burst") }, null, 1));
    for (const { name, dependsOn } of attempt.program.resources)
      console.log(
        name,
        dependsOn.map((d) => d.split("::").at(-1)),
      );
  });
});
