import { PROVIDER_RULES } from "../plan-driver.js";
import { toTicket } from "../plan-ticket.js";
import type { L3VPNDriverImplementation } from "./driver.js";

/** Someone else's router: nothing is made for it, all is asked of them. */
export const provider: L3VPNDriverImplementation = {
  ...PROVIDER_RULES,
  make: () => {},
  ticket: (plan, network) => toTicket(plan, network),
};
