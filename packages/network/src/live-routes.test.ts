import { PlinthError } from "@plinth/core";
import { describe, expect, it } from "vitest";
import { runNetwork } from "./testing/captured-network.js";

const sites = [{ name: "racks", cidrs: ["10.13.1.0/24", "192.168.204.0/24"] }] as const;
const racks = { destinationCidr: "10.13.1.0/24", nextHop: "192.168.200.252" };
const racks2 = { destinationCidr: "192.168.204.0/24", nextHop: "192.168.200.252" };
const foreign = { destinationCidr: "172.16.0.0/12", nextHop: "192.168.200.9" };

describe("the routes of a subnet", () => {
  it("are there, beside others that are somebody else's", async () => {
    const { errors } = await runNetwork({ sites }, { subnet: { hostRoutes: [foreign, racks2, racks] } });
    expect(errors).toEqual([]);
  });

  it.each([
    ["one that somebody has removed", [racks], "192.168.204.0/24", ["192.168.204.0/24"]],
    [
      "one that somebody has led elsewhere",
      [{ ...racks, nextHop: "192.168.200.9" }, racks2],
      "10.13.1.0/24",
      ["10.13.1.0/24"],
    ],
    ["all", [], "10.13.1.0/24, 192.168.204.0/24", ["10.13.1.0/24", "192.168.204.0/24"]],
  ])("are missed: %s", async (_, hostRoutes, value, gone) => {
    const { errors } = await runNetwork({ sites }, { subnet: { hostRoutes } });
    expect(errors).toHaveLength(1);
    const [error] = errors;
    if (!PlinthError.isInstance(error)) throw error;
    expect(error).toMatchObject({ code: "PL3018", path: "net", property: "sites", value });
    const texts = gone.map((destination) => `${destination} via 192.168.200.252`);
    expect(error.summary).toBe(`Somebody has removed from the subnet net-subnet-id: ${texts.join(" and ")}`);
    const args = gone.map((destination) => `--host-route destination=${destination},gateway=192.168.200.252`);
    expect(error.fix).toBe(`openstack subnet set ${args.join(" ")} net-subnet-id`);
  });

  it("are not looked for where they are not made yet", async () => {
    const { errors, calls } = await runNetwork({ sites }, { preview: true });
    expect(errors).toEqual([]);
    expect(calls).toEqual([]);
  });

  it("are not looked for where there are none", async () => {
    const { errors, calls } = await runNetwork({ sites: [] });
    expect(errors).toEqual([]);
    expect(calls).toEqual([]);
  });
});
