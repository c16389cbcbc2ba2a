import { type Check, parseQuantity } from "@plinth/core";
import { DECKHOUSE } from "../../deckhouse-rules.js";
import {
  type DeckhouseKubelet,
  type DeckhouseMemorySwap,
  type DeckhouseResourceReservation,
  KUBELET_FIELDS,
} from "../../props-deckhouse.js";
import { isWithin, refuser } from "./refuser.js";

/** Refuses settings with which a kubelet does not start, or that Deckhouse's webhook refuses. */
export function checkKubelet(kubelet: DeckhouseKubelet, check: Check): void {
  check.fields<DeckhouseKubelet>(kubelet, KUBELET_FIELDS, "deckhouse.kubelet");
  const refuse = refuser(DECKHOUSE.kubelet, check);
  const {
    maxPods = 110,
    containerLogMaxFiles = 4,
    containerLogMaxSize = "50Mi",
    rootDir = "/var/lib/kubelet",
  } = kubelet;
  if (!isWithin(maxPods, 1, Number.MAX_SAFE_INTEGER)) {
    refuse("kubelet.maxPods", maxPods, `${maxPods} is not a number of pods`, "use a whole number from 1");
  }
  if (!isWithin(containerLogMaxFiles, 1, 20)) {
    const message = `${containerLogMaxFiles} is not a number of log files`;
    refuse("kubelet.containerLogMaxFiles", containerLogMaxFiles, message, "use a whole number from 1 to 20");
  }
  if (parseQuantity(containerLogMaxSize) === undefined) {
    const message = `${JSON.stringify(containerLogMaxSize)} is not a size`;
    refuse("kubelet.containerLogMaxSize", containerLogMaxSize, message, "write it like 50Mi");
  }
  if (!rootDir.startsWith("/")) {
    refuse("kubelet.rootDir", rootDir, `${JSON.stringify(rootDir)} is not an absolute path`, "begin it with a slash");
  }
  const { resourceReservation, topologyManager, memorySwap } = kubelet;
  if (resourceReservation !== undefined) checkReservation(resourceReservation, check);
  if (topologyManager?.enabled === true) checkTopology(resourceReservation, check);
  if (memorySwap !== undefined) checkSwap(memorySwap, check);
}

function checkReservation(given: DeckhouseResourceReservation, check: Check): void {
  const refuse = refuser(DECKHOUSE.reservation, check);
  const property = "kubelet.resourceReservation";
  const reserved: Readonly<Record<string, unknown>> | undefined = given.mode === "Static" ? given.static : undefined;
  const ways = ["Off", "Auto", "Static"].includes(given.mode) && (given.mode === "Static" || !("static" in given));
  if (!ways || (given.mode === "Static" && Object.keys(reserved ?? {}).length === 0)) {
    const fix = 'use { mode: "Auto" }, or { mode: "Static", static: { cpu: "100m", memory: "500Mi" } }';
    refuse(property, given, "This reserves nothing that Deckhouse knows", fix);
    return;
  }
  for (const [key, value] of Object.entries(reserved ?? {})) {
    const good =
      key === "cpu"
        ? typeof value === "number"
          ? isWithin(value, 1, Number.MAX_SAFE_INTEGER)
          : /^\d+m$/.test(String(value))
        : ["memory", "ephemeralStorage"].includes(key) && parseQuantity(String(value)) !== undefined;
    if (good) continue;
    const fix = 'use whole cores or "100m" for cpu, and "500Mi" for memory and ephemeralStorage';
    refuse(`${property}.static.${key}`, value, `${value} of ${key} cannot be reserved`, fix);
  }
}

function checkTopology(reservation: DeckhouseResourceReservation | undefined, check: Check): void {
  const { mode = "Auto" } = reservation ?? {};
  const lacksCpu = reservation?.mode === "Static" && reservation.static?.cpu === undefined;
  if (mode !== "Off" && !lacksCpu) return;
  refuser(DECKHOUSE.topology, check)(
    "kubelet.topologyManager",
    mode,
    lacksCpu ? "Of the cores none is reserved" : "Nothing is reserved for the system",
    lacksCpu
      ? "add cpu to resourceReservation.static"
      : "leave resourceReservation out, or disable the topology manager",
  );
}

function checkSwap(given: DeckhouseMemorySwap, check: Check): void {
  const { swapBehavior, swappiness = 60 } = given;
  const limited = (given as { readonly limitedSwap?: { readonly size?: string } }).limitedSwap;
  const sized = limited !== undefined && /^\d+G$/.test(limited.size ?? "");
  const kind = swapBehavior === "NoSwap" ? limited === undefined : swapBehavior === "LimitedSwap" && sized;
  if (kind && isWithin(swappiness, 0, 100)) return;
  const fix = 'use { swapBehavior: "NoSwap" }, or { swapBehavior: "LimitedSwap", limitedSwap: { size: "2G" } }';
  refuser(DECKHOUSE.swap, check)("kubelet.memorySwap", given, "A node cannot swap so", fix);
}
