import type { Check } from "@plinth/core";
import { DECKHOUSE } from "../../deckhouse-rules.js";
import { isLabelKey } from "../../plan-labels.js";
import {
  CONFIGURATION_FIELDS,
  DECKHOUSE_GROUP_FIELDS,
  type DeckhouseGroup,
  type DeckhouseNodeConfiguration,
} from "../../props-deckhouse.js";
import type { GroupSize } from "../engine.js";
import { checkKubelet } from "./kubelet.js";
import { isCountOrPart, isTag, isWithin, refuser, TAG_FIX } from "./refuser.js";
import { checkUnions } from "./unions.js";

const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Refuses what Deckhouse's schemas and webhooks would refuse of a group, and what no node would come of. */
export function checkDeckhouseGroup(given: DeckhouseGroup, size: GroupSize, check: Check): void {
  check.fields<DeckhouseGroup>(given, DECKHOUSE_GROUP_FIELDS, "deckhouse");
  checkUnions(given, check);
  if (given.kubelet !== undefined) checkKubelet(given.kubelet, check);
  checkStandby(given, size, check);
  checkRollout(given, size, check);
  checkInstanceClass(given, check);
  checkAnnotations(given.annotations ?? {}, check);
  const { configurations = [] } = given;
  configurations.forEach((configuration, i) => {
    const isFirst = configurations.findIndex(({ name }) => name === configuration.name) === i;
    checkConfiguration(configuration, { at: `configurations[${i}]`, isFirst }, check);
  });
}

function checkStandby({ standby, standbyHolder }: DeckhouseGroup, { min, max }: GroupSize, check: Check): void {
  const refuse = refuser(DECKHOUSE.standby, check);
  const rate = standbyHolder?.overprovisioningRate;
  if (rate !== undefined && !isWithin(rate, 1, 80)) {
    refuse("standbyHolder.overprovisioningRate", rate, `${rate} is not a rate`, "use a whole number from 1 to 80");
  }
  if (standby === undefined || standby === 0) return;
  if (!isCountOrPart(standby)) {
    refuse("standby", standby, `${standby} is neither a number of machines nor a part`, 'use for example 2 or "20%"');
  } else if (min < 1 || max <= min) {
    const message = `The group has from ${min} to ${max} machines in a zone`;
    refuse("standby", standby, message, "set a size with a min from 1 and a max above it, or leave standby out");
  }
}

function checkRollout(given: DeckhouseGroup, { surge }: GroupSize, check: Check): void {
  const refuse = refuser(DECKHOUSE.rollout, check);
  for (const key of ["maxUnavailablePerZone", "nodeDrainTimeoutSecond"] as const) {
    const value = given[key];
    if (value === undefined || isWithin(value, 0, Number.MAX_SAFE_INTEGER)) continue;
    refuse(key, value, `${value} is not a whole number from 0`, "use for example 1, or leave it out");
  }
  if (surge === 0 && given.maxUnavailablePerZone === 0) {
    const message = "No machine may be missing, and none beyond the size may be there";
    refuse("maxUnavailablePerZone", 0, message, "leave it out for 1, or set surge: 1");
  }
}

function checkInstanceClass({ rootDiskSize, additionalTags = {} }: DeckhouseGroup, check: Check): void {
  const refuse = refuser(DECKHOUSE.instanceClass, check);
  if (rootDiskSize !== undefined && !isWithin(rootDiskSize, 1, Number.MAX_SAFE_INTEGER)) {
    refuse("rootDiskSize", rootDiskSize, `${rootDiskSize} is not a size in whole GB`, "use for example 50");
  }
  for (const [key, value] of Object.entries(additionalTags)) {
    if (isTag(key, value)) continue;
    refuse(`additionalTags[${JSON.stringify(key)}]`, value, `${key}=${value} is not a tag that Nova takes`, TAG_FIX);
  }
}

function checkAnnotations(annotations: Readonly<Record<string, string>>, check: Check): void {
  for (const [key, value] of Object.entries(annotations)) {
    const own = /(^|\.)deckhouse\.io\//.test(key);
    if (isLabelKey(key) && !own) continue;
    const message = own ? `${key} is in Deckhouse's own domain` : `${key} is not a key of an annotation`;
    const fix = "use a key of your own, for example example.com/team";
    refuser(DECKHOUSE.annotation, check)(`annotations[${JSON.stringify(key)}]`, value, message, fix);
  }
}

function checkConfiguration(
  given: DeckhouseNodeConfiguration,
  { at, isFirst }: { readonly at: string; readonly isFirst: boolean },
  check: Check,
): void {
  check.fields<DeckhouseNodeConfiguration>(given, CONFIGURATION_FIELDS, `deckhouse.${at}`);
  const refuse = refuser(DECKHOUSE.configuration, check);
  const { name, content, weight = 100, bundles = ["*"] } = given;
  if (name.length > 253 || !SUBDOMAIN.test(name)) {
    const fix = "use lower case letters, digits, hyphens and dots, for example registry-mirror.sh";
    refuse(`${at}.name`, name, `${JSON.stringify(name)} is not the name of an object`, fix);
  }
  if (!isFirst) refuse(`${at}.name`, name, `Two scripts are named ${name}`, "give each a name of its own");
  if (content.trim() === "")
    refuse(`${at}.content`, content, `The script ${name} is empty`, "write what it does, in Bash");
  if (!Number.isInteger(weight)) {
    refuse(`${at}.weight`, weight, `${weight} is not a whole number`, "use for example 100");
  }
  if (bundles.length === 0 || bundles.includes("")) {
    refuse(
      `${at}.bundles`,
      bundles,
      `The script ${name} would run nowhere`,
      'leave bundles out for ["*"], or name ubuntu-lts',
    );
  }
}
