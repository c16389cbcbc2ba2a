import type { ReleaseStatus, WaitingRelease } from "@plinth/platform";
import { expect, it } from "vitest";
import { describeWaiting } from "./why.js";

const linstor: ReleaseStatus = {
  ...{ path: "cloud/linstor", name: "linstor", namespace: "cozy-linstor", state: "failing" },
  ...{ reason: "InstallFailed", message: "timed out", since: "2026-03-04T05:06:07Z" },
};
const monitoring = {
  path: "cloud/monitoring",
  name: "monitoring",
  namespace: "cozy-monitoring",
  state: "waiting",
} as const;
const vpn = { path: "cloud/vpn", name: "vpn", namespace: "cozy-vpn", state: "missing" } as const;

const waiting: readonly WaitingRelease[] = [
  { ...linstor, waitsFor: [], causes: [linstor] },
  { ...monitoring, waitsFor: ["cloud/linstor"], causes: [linstor] },
  { ...vpn, waitsFor: [], causes: [vpn] },
];

it("tells each cause once, in Flux's words, with all that it holds up", () => {
  expect(describeWaiting(waiting)).toBe(
    [
      "cloud/linstor: failing, InstallFailed: timed out (since 2026-03-04T05:06:07Z)",
      "  holds up 1: monitoring",
      "cloud/vpn: missing (kubectl -n cozy-vpn get helmrelease vpn finds nothing)",
    ].join("\n"),
  );
});

it("says when there is nothing to wait for", () => {
  expect(describeWaiting([])).toBe("All releases are ready.");
  expect(describeWaiting([], "linstor")).toBe("linstor is ready.");
});
