import type { Check } from "@plinth/core";
import { checkName } from "@plinth/network/plan";
import { DECKHOUSE } from "../../deckhouse-rules.js";
import { type DeckhouseModuleSettings, MODULE_FIELDS } from "../../props-deckhouse-module.js";
import { isTag, TAG_FIX } from "./refuser.js";

const FS_GROUP_POLICIES = ["ReadWriteOnceWithFSType", "File", "None"];

/** Refuses settings of the module that its schema, or the cloud, does not take. */
export function checkModule(given: DeckhouseModuleSettings, check: Check): void {
  const at = "engine.settings";
  check.fields<DeckhouseModuleSettings>(given, MODULE_FIELDS, at);
  const refuse = (property: string, value: unknown, message: string, fix: string): void => {
    check.refuse(DECKHOUSE.module, { property: `${at}.${property}`, value, message, fix });
  };
  for (const key of ["externalNetworkNames", "additionalExternalNetworkNames"] as const) {
    given[key]?.forEach((name, i) => {
      checkName(`${at}.${key}[${i}]`, name, check);
    });
  }
  const { loadBalancer, csiDriver, tags = {} } = given;
  if (loadBalancer?.disabled === true && Object.keys(loadBalancer).length > 1) {
    refuse(
      "loadBalancer",
      loadBalancer,
      "There are no load balancers, and it is said where they are",
      "leave the rest out",
    );
  }
  if (csiDriver !== undefined && !FS_GROUP_POLICIES.includes(csiDriver.fsGroupPolicy)) {
    const fix = `use ${FS_GROUP_POLICIES.join(", ")}, or leave it out`;
    refuse("csiDriver.fsGroupPolicy", csiDriver.fsGroupPolicy, `${csiDriver.fsGroupPolicy} is no such policy`, fix);
  }
  for (const [key, value] of Object.entries(tags)) {
    if (isTag(key, value)) continue;
    refuse(`tags[${JSON.stringify(key)}]`, value, `${key}=${value} is not a tag that Nova takes`, TAG_FIX);
  }
}
