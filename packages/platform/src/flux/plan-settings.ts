import type { Check } from "@plinth/core";
import { PLATFORM_FLUX } from "../flux-rules.js";
import { FLUX_DEFAULTS, FLUX_FIELDS, type FluxSettings, type PlannedFluxSettings } from "./settings.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** Reads the settings, laid over the defaults. */
export function planFluxSettings(given: FluxSettings, check: Check): PlannedFluxSettings {
  check.fields<FluxSettings>(given, FLUX_FIELDS, "flux");
  const settings = { ...FLUX_DEFAULTS, ...given };
  atLeast("interval", settings.interval, 5 * MINUTE, "5m", check);
  atLeast("sourceInterval", settings.sourceInterval, 5 * MINUTE, "5m", check);
  atLeast("retryInterval", settings.retryInterval, 10 * SECOND, "10s", check);
  atLeast("timeout", settings.timeout, MINUTE, "1m", check);
  if (!Number.isInteger(settings.history) || settings.history < 1 || settings.history > 20) {
    check.refuse(PLATFORM_FLUX.history, {
      property: "flux.history",
      value: settings.history,
      message: `${settings.history} revisions are not between 1 and 20`,
      fix: "leave it out for 5",
    });
  }
  checkIgnores(settings, check);
  checkRegistries(settings, check);
  return settings;
}

function atLeast(
  name: "interval" | "sourceInterval" | "retryInterval" | "timeout",
  text: string,
  least: number,
  leastText: string,
  check: Check,
): void {
  const property = `flux.${name}`;
  const given = check.duration(property, text);
  if (given === undefined || given >= least) return;
  check.refuse(name === "timeout" ? PLATFORM_FLUX.timeout : PLATFORM_FLUX.interval, {
    property,
    value: text,
    message: `${text} is shorter than ${leastText}`,
    fix: `write ${leastText} or longer, or leave it out for ${FLUX_DEFAULTS[name]}`,
  });
}

function checkIgnores({ driftIgnores }: PlannedFluxSettings, check: Check): void {
  driftIgnores.forEach(({ paths }, i) => {
    const wrong = paths.filter((path) => !/^(\/([^~/]|~[01])+)+$/.test(path));
    if (paths.length > 0 && wrong.length === 0) return;
    check.refuse(PLATFORM_FLUX.driftIgnore, {
      property: `flux.driftIgnores[${i}].paths`,
      value: paths,
      message:
        wrong.length === 0
          ? "No path is given"
          : `${wrong.map((path) => JSON.stringify(path)).join(", ")} names no field`,
      fix: 'write it like "/spec/replicas"; a slash inside a key is ~1',
    });
  });
}

function checkRegistries({ registries }: PlannedFluxSettings, check: Check): void {
  registries.forEach(({ host, insecure, secretName }, i) => {
    const property = `flux.registries[${i}]`;
    const refuse = (message: string, fix: string): void =>
      check.refuse(PLATFORM_FLUX.registry, { property, value: host, message, fix });
    if (!/^[A-Za-z0-9.[\]:-]+$/.test(host))
      refuse(`${JSON.stringify(host)} is not a host`, "write it like registry.example.org:5000");
    if (registries.findIndex((other) => other.host === host) < i) refuse(`${host} is named twice`, "join the two");
    if (insecure && secretName !== undefined) {
      refuse(`Credentials would be sent to ${host} over plain HTTP`, "leave out insecure or secretName");
    }
  });
}
