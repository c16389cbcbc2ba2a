import type * as pulumi from "@pulumi/pulumi";
import type { L3VPNDriver } from "../props-driver.js";
import { bgpvpn } from "./bgpvpn.js";
import type { L3VPNDriverImplementation } from "./driver.js";
import { neutron } from "./neutron.js";
import { provider } from "./provider.js";

/** The driver that was given. */
export function driverOf(
  given: L3VPNDriver<pulumi.Input<string>, L3VPNDriverImplementation> | undefined,
): L3VPNDriverImplementation {
  switch (given?.type) {
    case "custom":
      return given.driver;
    case "neutron":
      return neutron;
    case "bgpvpn":
      return bgpvpn(given);
    default:
      return provider;
  }
}
