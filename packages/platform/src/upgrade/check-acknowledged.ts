import type { Check, Rule } from "@plinth/core";
import { UPGRADE } from "../upgrade-rules.js";
import type { UpgradePlan } from "./plan-upgrade.js";
import { NEEDS } from "./show-upgrade.js";

/** Something that happens only when it is acknowledged by its name. */
interface Acknowledged {
  readonly rule: Rule;
  readonly name: string;
  readonly message: string;
  /** When it may be acknowledged. */
  readonly when: string;
}

/** Refuses what is not acknowledged, and acknowledgements of what does not happen. */
export function checkAcknowledged(plan: UpgradePlan, acknowledged: readonly string[], check: Check): void {
  const all = [...losses(plan), ...ranges(plan)];
  for (const { rule, name, message, when } of all) {
    if (acknowledged.includes(name)) continue;
    check.refuse(rule, {
      property: "upgrade.acknowledge",
      value: name,
      message,
      fix: `undo it; or, ${when}, acknowledge: ["${name}"] for this one change`,
    });
  }
  for (const name of acknowledged.filter((each) => all.every((one) => one.name !== each))) {
    check.refuse(UPGRADE.acknowledgement, {
      property: "upgrade.acknowledge",
      value: name,
      message: `Nothing of ${name} is lost by this change, and no range of that name changes`,
      fix: `take "${name}" out of acknowledge`,
    });
  }
}

function losses({ releases, tenants }: UpgradePlan): Acknowledged[] {
  const rule = UPGRADE.dataLoss;
  const when = "when its data is saved or not wanted any more";
  const ofReleases = releases.flatMap((change) => {
    if (!("losesData" in change && change.losesData)) return [];
    const why = "what" in change ? ` (${change.what.join(", ")})` : "";
    const message = `${change.path} keeps data, and this is its ${change.type}${why}`;
    return [{ rule, name: change.path, message, when }];
  });
  const ofTenants = tenants.flatMap(({ type, namespace }) =>
    type === "make"
      ? []
      : [{ rule, name: namespace, message: `${namespace} is removed, with all volumes and buckets in it`, when }],
  );
  return [...ofReleases, ...ofTenants];
}

function ranges({ ranges: changes }: UpgradePlan): Acknowledged[] {
  return changes.map(({ range, before, after, needs }) => ({
    rule: UPGRADE.range,
    name: `network.${range}`,
    message: `network.${range} ${before} becomes ${after}, which a cluster that runs does not take: ${NEEDS[needs]}`,
    when: "when that is what you are about to do by hand",
  }));
}
