import { parseReference, type Reference, tagOf } from "@plinth/oci/reference";
import type { OciChart } from "../release.js";

/**
 * The artifact that a chart is, or that carries it among others.
 *
 * @throws PlinthError PL8001 when it names none
 */
export function chartReference({ url, chart, path, version, digest }: OciChart): Reference {
  const base = url.replace(/\/+$/, "");
  const text = `${path === undefined ? `${base}/${chart}` : base}:${tagOf(version)}`;
  return {
    ...parseReference(text, { path: chart, property: "chart" }),
    ...(digest === undefined ? {} : { digest }),
  };
}
