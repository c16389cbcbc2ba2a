import type { Check } from "@plinth/core";
import { PLATFORM_FLUX } from "../flux-rules.js";
import type { Json, Release } from "../release.js";

/** Keys whose text is a secret; those of references to one (`passwordSecretRef`, `secretName`) end otherwise. */
const SECRET_KEY =
  /(^|[a-z0-9_-])(password|passwd|passphrase|token|api[-_]?key|private[-_]?key|secret[-_]?key|secret[-_]?access[-_]?key|access[-_]?token|client[-_]?secret|kubeconfig)$/i;

/** A private key in any key's text. */
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/** User and password in a URL. */
const URL_PASSWORD = /^[a-z][a-z0-9+.-]*:\/\/[^/?#\s:@]*:[^/?#\s@]+@/i;

/** Refuses secrets in the values of a release. The refusal says where, never what. */
export function checkValues({ path, values }: Release, check: Check): void {
  for (const place of secretsIn(values, "values", "")) {
    check.refuse(PLATFORM_FLUX.plainSecret, {
      property: `${path}: ${place}`,
      message: `${place} of ${path} is a plain text where a secret belongs`,
      fix: `put it into a Secret and give valuesFrom: [{ kind: "Secret", name: "…", targetPath: "${place.replace(/^values\./, "")}" }]`,
    });
  }
}

function secretsIn(value: Json, place: string, key: string): string[] {
  if (typeof value === "string") {
    const isSecret = (value !== "" && SECRET_KEY.test(key)) || PRIVATE_KEY.test(value) || URL_PASSWORD.test(value);
    return isSecret ? [place] : [];
  }
  if (Array.isArray(value)) return value.flatMap((item: Json, i) => secretsIn(item, `${place}[${i}]`, key));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([below, item]) => secretsIn(item, `${place}.${below}`, below));
}
