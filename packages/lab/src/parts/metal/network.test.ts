import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../test-support.js";
import { metalLayout, writeJson } from "./layout.js";
import { knownNetwork, machineAddress, metalNetwork } from "./network.js";

it("gives machines addresses behind the router and this host", () => {
  const network = metalNetwork(7);
  expect(network).toMatchObject({ cidr: "10.77.7.0/24", router: "10.77.7.1", host: "10.77.7.2" });
  expect(machineAddress(network, 0)).toBe("10.77.7.11");
  expect(machineAddress(network, 243)).toBe("10.77.7.254");
  expect(() => machineAddress(network, 244)).toThrow("no more addresses");
});

it("has names that the kernel takes", () => {
  expect(metalNetwork(255).hostInterface.length).toBeLessThanOrEqual(15);
});

it("is remembered by the lab", async () => {
  const lab = join(await temporaryFolder(), "a");
  expect(await knownNetwork(lab)).toBeUndefined();
  await mkdir(lab);
  await writeJson(metalLayout(lab).network, 3);
  expect((await knownNetwork(lab))?.cidr).toBe("10.77.3.0/24");
});
