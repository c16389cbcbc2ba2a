import { Certificate, ClusterIssuer, type ClusterIssuerSpecAcmeSolvers } from "@plinth/api/cert-manager";
import { ApiObject, Chart } from "cdk8s";
import { Construct } from "constructs";
import type { IngressPlan, PlannedAcmeIssuer, PlannedIssuer } from "./plan.js";
import type { AcmeSolver, PlatformIngressClass } from "./props.js";

/** Properties of {@link IngressChart}. */
export interface IngressChartProps {
  /** What was computed. */
  readonly plan: IngressPlan;
}

/** Ingress classes, and issuers of certificates for every namespace. */
export class IngressChart extends Chart {
  constructor(scope: Construct, id: string, { plan }: IngressChartProps) {
    super(scope, id);
    const classes = new Construct(this, "classes");
    for (const one of plan.classes) ingressClass(classes, one);
    const issuers = new Construct(this, "issuers");
    for (const issuer of plan.issuers) {
      const { name } = issuer;
      if (issuer.type === "acme") clusterIssuer(issuers, name, name, { acme: acme(issuer) });
      else if (issuer.type === "authority")
        clusterIssuer(issuers, name, name, { ca: { secretName: issuer.secretName } });
      else ownAuthority(issuers, issuer, plan.certManagerNamespace);
    }
  }
}

function ingressClass(scope: Construct, { name, controller, isDefault = false }: PlatformIngressClass): ApiObject {
  return new ApiObject(scope, name, {
    apiVersion: "networking.k8s.io/v1",
    kind: "IngressClass",
    metadata: {
      name,
      ...(isDefault ? { annotations: { "ingressclass.kubernetes.io/is-default-class": "true" } } : {}),
    },
    spec: { controller },
  });
}

type IssuerSpec = ConstructorParameters<typeof ClusterIssuer>[2]["spec"];

function clusterIssuer(scope: Construct, id: string, name: string, spec: IssuerSpec): ClusterIssuer {
  return new ClusterIssuer(scope, id, { metadata: { name }, spec });
}

function acme({ name, email, server, solvers }: PlannedAcmeIssuer): NonNullable<IssuerSpec["acme"]> {
  return {
    email,
    server,
    // the key of the account: lost, it is a new account with limits of its own
    privateKeySecretRef: { name: `${name}-account` },
    solvers: solvers.map(acmeSolver),
  };
}

function acmeSolver(solver: AcmeSolver): ClusterIssuerSpecAcmeSolvers {
  if (solver.type === "http01") return { http01: { ingress: { ingressClassName: solver.ingressClass } } };
  const { provider, tokenSecretName, tokenSecretKey = "token", dnsZones } = solver;
  const token = { name: tokenSecretName, key: tokenSecretKey };
  return {
    ...(dnsZones === undefined ? {} : { selector: { dnsZones: [...dnsZones] } }),
    dns01:
      provider === "cloudflare"
        ? { cloudflare: { apiTokenSecretRef: token } }
        : { digitalocean: { tokenSecretRef: token } },
  };
}

const TEN_YEARS = "87600h";
const HALF_A_YEAR = "4380h";

/** An authority that signs itself, and the issuer that signs by it. */
function ownAuthority(
  scope: Construct,
  { name, commonName = name }: Extract<PlannedIssuer, { type: "ownAuthority" }>,
  namespace: string,
): void {
  const root = clusterIssuer(scope, `${name}-root`, `${name}-root`, { selfSigned: {} });
  const certificate = new Certificate(scope, `${name}-certificate`, {
    metadata: { name, namespace },
    spec: {
      isCA: true,
      commonName,
      secretName: name,
      duration: TEN_YEARS,
      renewBefore: HALF_A_YEAR,
      privateKey: { algorithm: "ECDSA", size: 256, rotationPolicy: "Never" },
      issuerRef: { group: "cert-manager.io", kind: ClusterIssuer.gvk.kind, name: root.name },
    },
  });
  certificate.node.addDependency(root);
  clusterIssuer(scope, name, name, { ca: { secretName: name } }).node.addDependency(certificate);
}
