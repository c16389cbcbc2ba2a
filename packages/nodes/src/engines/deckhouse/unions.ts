import type { Check } from "@plinth/core";
import { DECKHOUSE } from "../../deckhouse-rules.js";
import type { DeckhouseGpu, DeckhouseGroup, DisruptionWindow } from "../../props-deckhouse.js";
import { isCountOrPart, isWithin, refuser } from "./refuser.js";

/** For each value that tells a union's kinds apart, the key of the settings that belong to it. */
type Kinds = Readonly<Record<string, string | undefined>>;

const CRI: Kinds = { Containerd: "containerd", ContainerdV2: "containerdV2", NotManaged: "notManaged" };
const DISRUPTIONS: Kinds = { Manual: undefined, Automatic: "automatic", RollingUpdate: "rollingUpdate" };
const CHAOS: Kinds = { Disabled: undefined, DrainAndDelete: "period" };
const GPU: Kinds = { Exclusive: "exclusive", TimeSlicing: "timeSlicing", MIG: "mig" };

const DAYS: readonly unknown[] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const TIME = /^(\d|[01]\d|2[0-3]):[0-5]\d$/;

/** Refuses unions of a NodeGroup that are none of the schema's kinds; programs in JavaScript can give them. */
export function checkUnions(given: DeckhouseGroup, check: Check): void {
  const { cri, disruptions, chaos, gpu, update, fencing } = given;
  if (cri !== undefined) checkCri(cri, check);
  if (disruptions !== undefined) checkDisruptions(disruptions, check);
  if (chaos !== undefined) checkChaos(chaos, check);
  if (gpu !== undefined) checkGpu(gpu, check);
  if (update !== undefined && !isCountOrPart(update.maxConcurrent)) {
    const message = `${update.maxConcurrent} is neither a number of nodes nor a part`;
    refuser(DECKHOUSE.update, check)(
      "update.maxConcurrent",
      update.maxConcurrent,
      message,
      'use for example 1 or "20%"',
    );
  }
  if (
    fencing !== undefined &&
    (fencing.mode !== "Watchdog" || !/^([0-9]+[smh])?$/.test(fencing.watchdog?.timeout ?? ""))
  ) {
    const fix = 'use { mode: "Watchdog", watchdog: { timeout: "60s" } }';
    refuser(DECKHOUSE.fencing, check)("fencing", fencing, "This is not a way of fencing", fix);
  }
}

/** What does not belong to a union of that kind. @returns `undefined` when the kind itself is unknown */
function strange(given: object, tag: string, kinds: Kinds): readonly string[] | undefined {
  const kind = (given as Readonly<Record<string, unknown>>)[tag];
  if (typeof kind !== "string" || !Object.hasOwn(kinds, kind)) return undefined;
  return Object.keys(given).filter((key) => key !== tag && key !== kinds[kind]);
}

function checkCri(cri: NonNullable<DeckhouseGroup["cri"]>, check: Check): void {
  const refuse = refuser(DECKHOUSE.cri, check);
  const others = strange(cri, "type", CRI);
  if (others === undefined || others.length > 0) {
    const message =
      others === undefined ? `${cri.type} is not a runtime here` : `${others.join(", ")} is not of ${cri.type}`;
    refuse("cri", cri, message, 'use { type: "ContainerdV2" }, or leave it out for the cluster\'s own');
    return;
  }
  const { maxConcurrentDownloads: downloads } =
    (cri.type === "Containerd" ? cri.containerd : cri.type === "ContainerdV2" ? cri.containerdV2 : undefined) ?? {};
  if (downloads !== undefined && !isWithin(downloads, 1, Number.MAX_SAFE_INTEGER)) {
    refuse("cri", cri, `${downloads} images cannot be downloaded at a time`, "use a whole number from 1");
  }
}

function checkDisruptions(disruptions: NonNullable<DeckhouseGroup["disruptions"]>, check: Check): void {
  const others = strange(disruptions, "approvalMode", DISRUPTIONS);
  if (others === undefined || others.length > 0) {
    const mode = disruptions.approvalMode;
    const message = others === undefined ? `${mode} is not an approval mode` : `${others.join(", ")} is not of ${mode}`;
    const fix = 'use for example { approvalMode: "Automatic", automatic: { drainBeforeApproval: true } }';
    refuser(DECKHOUSE.disruptions, check)("disruptions", disruptions, message, fix);
    return;
  }
  if (disruptions.approvalMode === "Manual") return;
  const [key, windows] =
    disruptions.approvalMode === "Automatic"
      ? ["automatic", disruptions.automatic?.windows]
      : ["rollingUpdate", disruptions.rollingUpdate?.windows];
  windows?.forEach((window, i) => {
    if (isWindow(window)) return;
    const message = `This is not a time in which something may be done: ${JSON.stringify(window)}`;
    const fix = 'use for example { from: "02:00", to: "05:00", days: ["Sat", "Sun"] }';
    refuser(DECKHOUSE.windows, check)(`disruptions.${key}.windows[${i}]`, window, message, fix);
  });
}

function isWindow({ from, to, days }: DisruptionWindow): boolean {
  return (
    TIME.test(from) && TIME.test(to) && from !== to && (days === undefined || days.every((day) => DAYS.includes(day)))
  );
}

function checkChaos(chaos: NonNullable<DeckhouseGroup["chaos"]>, check: Check): void {
  const others = strange(chaos, "mode", CHAOS);
  const period = chaos.mode === "DrainAndDelete" ? (chaos.period ?? "6h") : "6h";
  if (others?.length === 0 && /^([0-9]+h([0-9]+m)?|[0-9]+m)$/.test(period)) return;
  const fix = 'use { mode: "Disabled" } or { mode: "DrainAndDelete", period: "2h30m" }';
  refuser(DECKHOUSE.chaos, check)("chaos", chaos, "This is no chaos that Deckhouse makes", fix);
}

function checkGpu(gpu: DeckhouseGpu, check: Check): void {
  const refuse = refuser(DECKHOUSE.gpu, check);
  const others = strange(gpu, "sharing", GPU);
  const fix = 'use for example { sharing: "TimeSlicing", timeSlicing: { partitionCount: 4 } }';
  if (others === undefined || others.length > 0) refuse("gpu", gpu, "A card cannot be shared so", fix);
  else if (gpu.sharing === "TimeSlicing" && !isWithin(gpu.timeSlicing?.partitionCount ?? 4, 1, 100)) {
    refuse("gpu.timeSlicing", gpu.timeSlicing, "A card has 1 to 100 parts", fix);
  } else if (gpu.sharing === "MIG" && !isMig(gpu.mig)) {
    refuse("gpu.mig", gpu.mig, "A card cannot be cut so", 'use for example { partedConfig: "all-1g.10gb" }');
  }
}

function isMig(mig: Extract<DeckhouseGpu, { sharing: "MIG" }>["mig"] | undefined): boolean {
  const { partedConfig = "", customConfigs } = mig ?? {};
  if (partedConfig !== "custom") {
    return customConfigs === undefined && /^all-(balanced|disabled|[0-9]g[.][0-9]{1,2}gb([.]me)?)$/.test(partedConfig);
  }
  return (
    customConfigs !== undefined &&
    customConfigs.length > 0 &&
    new Set(customConfigs.map(({ index }) => index)).size === customConfigs.length &&
    customConfigs.every(
      ({ index, slices }) =>
        isWithin(index, 0, Number.MAX_SAFE_INTEGER) &&
        slices.every(({ profile, count }) => /^[0-9]+g\.[0-9]+gb(\.me)?$/.test(profile) && isWithin(count, 1, 7)),
    )
  );
}
