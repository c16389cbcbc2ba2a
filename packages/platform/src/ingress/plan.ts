import { type Check, isDnsLabel } from "@plinth/core";
import { PLATFORM_SETUP } from "../setup-rules.js";
import type { AcmeSolver, CertificatesIssuer, IngressProps, PlatformIngressClass } from "./props.js";

/** A public authority, with the URL of its server. */
export type PlannedAcmeIssuer = Omit<Extract<CertificatesIssuer, { type: "acme" }>, "server"> & {
  readonly server: string;
};

/** An issuer. */
export type PlannedIssuer = Exclude<CertificatesIssuer, { type: "acme" }> | PlannedAcmeIssuer;

/** What was computed for ingresses and their certificates. */
export interface IngressPlan {
  readonly certManagerNamespace: string;
  readonly classes: readonly PlatformIngressClass[];
  readonly issuers: readonly PlannedIssuer[];
}

const SERVERS: Readonly<Record<string, string>> = {
  letsencrypt: "https://acme-v02.api.letsencrypt.org/directory",
  "letsencrypt-staging": "https://acme-staging-v02.api.letsencrypt.org/directory",
};

/** Checks classes and issuers, and that certificates can be proved. */
export function planIngress(props: IngressProps, check: Check): IngressPlan {
  const { certManagerNamespace, classes = [], existingClasses = [], issuers } = props;
  checkClasses(classes, existingClasses, check);
  const known = [...existingClasses, ...classes.map(({ name }) => name)];
  const planned = issuers.map((issuer, i): PlannedIssuer => {
    const property = `ingress.issuers[${i}]`;
    const refuse = (value: unknown, message: string, fix: string): void =>
      check.refuse(PLATFORM_SETUP.issuer, { property, value, message, fix });
    if (!isDnsLabel(issuer.name) || issuers.findIndex(({ name }) => name === issuer.name) < i) {
      refuse(issuer.name, `${JSON.stringify(issuer.name)} is no name or is taken`, "give each a name like letsencrypt");
    }
    if (issuer.type !== "acme") return issuer;
    const { email, server = "letsencrypt", solvers } = issuer;
    if (!/^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i.test(email) || /@(.*\.)?example\.(com|net|org)$/i.test(email)) {
      refuse(email, `${JSON.stringify(email)} is no e-mail address that somebody reads`, "give the address of a team");
    }
    const url = SERVERS[server] ?? server;
    if (!/^https:\/\/[^\s/]+/.test(url)) refuse(server, `${server} is no https URL`, "write letsencrypt or https://…");
    if (solvers.length === 0) refuse([], `${issuer.name} proves no domain`, "add a solver");
    solvers.forEach((solver, j) => {
      checkSolver(solver, known, `${property}.solvers[${j}]`, check);
    });
    return { ...issuer, server: url };
  });
  return { certManagerNamespace, classes, issuers: planned };
}

function checkClasses(classes: readonly PlatformIngressClass[], existing: readonly string[], check: Check): void {
  const names = new Set(existing);
  let preset: string | undefined;
  classes.forEach(({ name, isDefault = false }, i) => {
    const refuse = (message: string, fix: string): void =>
      check.refuse(PLATFORM_SETUP.ingressClass, { property: `ingress.classes[${i}]`, value: name, message, fix });
    if (!isDnsLabel(name) || names.has(name))
      refuse(`${JSON.stringify(name)} is no name or is taken`, "use a name like public");
    names.add(name);
    if (isDefault && preset !== undefined) refuse(`${preset} is the default already`, "leave isDefault out of one");
    if (isDefault) preset ??= name;
  });
}

function checkSolver(solver: AcmeSolver, classes: readonly string[], property: string, check: Check): void {
  if (solver.type !== "http01" || classes.includes(solver.ingressClass)) return;
  check.refuse(PLATFORM_SETUP.ingressClass, {
    property: `${property}.ingressClass`,
    value: solver.ingressClass,
    message: `There is no ingress class ${solver.ingressClass}`,
    fix: classes.length === 0 ? "add it to ingress.classes, or use dns01" : `use ${classes.join(" or ")}`,
  });
}
