import { validateObject } from "@plinth/api/testing";
import { Check } from "@plinth/core";
import { Testing } from "cdk8s";
import { describe, expect, it } from "vitest";
import { IngressChart } from "./ingress-chart.js";
import { planIngress } from "./plan.js";
import type { CertificatesIssuer, IngressProps } from "./props.js";

const NGINX = { name: "nginx", controller: "k8s.io/ingress-nginx", isDefault: true };
const ACME: CertificatesIssuer = {
  type: "acme",
  name: "letsencrypt",
  email: "platform@cloud.dev",
  solvers: [{ type: "http01", ingressClass: "nginx" }],
};

function planned(props: Partial<IngressProps>) {
  const check = new Check("platform");
  const given = { certManagerNamespace: "cozy-cert-manager", classes: [NGINX], issuers: [], ...props };
  return { plan: planIngress(given, check), codes: check.refusals.map(({ code }) => code) };
}

interface Emitted {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: object;
}

function objectsOf(props: Partial<IngressProps>): Record<string, Emitted> {
  const { plan, codes } = planned(props);
  expect(codes).toEqual([]);
  const objects = Testing.synth(new IngressChart(Testing.app(), "ingress", { plan })) as Emitted[];
  for (const object of objects) expect(validateObject(object)).toEqual([]);
  return Object.fromEntries(objects.map((object) => [`${object.kind}/${object.metadata.name}`, object]));
}

describe("objects", () => {
  it("a class and a public authority", () => {
    expect(objectsOf({ issuers: [ACME] })).toEqual({
      "IngressClass/nginx": {
        apiVersion: "networking.k8s.io/v1",
        kind: "IngressClass",
        metadata: { name: "nginx", annotations: { "ingressclass.kubernetes.io/is-default-class": "true" } },
        spec: { controller: "k8s.io/ingress-nginx" },
      },
      "ClusterIssuer/letsencrypt": {
        apiVersion: "cert-manager.io/v1",
        kind: "ClusterIssuer",
        metadata: { name: "letsencrypt" },
        spec: {
          acme: {
            email: "platform@cloud.dev",
            server: "https://acme-v02.api.letsencrypt.org/directory",
            privateKeySecretRef: { name: "letsencrypt-account" },
            solvers: [{ http01: { ingress: { ingressClassName: "nginx" } } }],
          },
        },
      },
    });
  });

  it("proofs by DNS: the token is in a Secret", () => {
    const objects = objectsOf({
      classes: [],
      issuers: [
        {
          ...ACME,
          server: "letsencrypt-staging",
          solvers: [
            { type: "dns01", provider: "cloudflare", tokenSecretName: "cf", dnsZones: ["cloud.dev"] },
            { type: "dns01", provider: "digitalocean", tokenSecretName: "do", tokenSecretKey: "key" },
          ],
        },
      ],
    });
    expect(objects["ClusterIssuer/letsencrypt"]?.spec).toMatchObject({
      acme: {
        server: "https://acme-staging-v02.api.letsencrypt.org/directory",
        solvers: [
          {
            selector: { dnsZones: ["cloud.dev"] },
            dns01: { cloudflare: { apiTokenSecretRef: { name: "cf", key: "token" } } },
          },
          { dns01: { digitalocean: { tokenSecretRef: { name: "do", key: "key" } } } },
        ],
      },
    });
  });

  it("an authority of the platform's own, and one that is there", () => {
    const objects = objectsOf({
      classes: [],
      issuers: [
        { type: "ownAuthority", name: "cloud", commonName: "Cloud" },
        { type: "authority", name: "company", secretName: "company-ca" },
      ],
    });
    expect(objects["ClusterIssuer/company"]?.spec).toEqual({ ca: { secretName: "company-ca" } });
    expect(objects["ClusterIssuer/cloud-root"]?.spec).toEqual({ selfSigned: {} });
    expect(objects["ClusterIssuer/cloud"]?.spec).toEqual({ ca: { secretName: "cloud" } });
    expect(objects["Certificate/cloud"]).toMatchObject({
      metadata: { namespace: "cozy-cert-manager" },
      spec: { isCA: true, commonName: "Cloud", secretName: "cloud", issuerRef: { name: "cloud-root" } },
    });
  });
});

it.each<[string, Partial<IngressProps>, string[]]>([
  ["two classes of one name", { classes: [NGINX, { ...NGINX, isDefault: false }] }, ["PL5080"]],
  ["a class that a release makes", { existingClasses: ["nginx"] }, ["PL5080"]],
  ["two defaults", { classes: [NGINX, { ...NGINX, name: "other" }] }, ["PL5080"]],
  ["a proof by a class that is not there", { classes: [], issuers: [ACME] }, ["PL5080"]],
  ["two issuers of one name", { issuers: [ACME, ACME] }, ["PL5081"]],
  ["a name that is none", { issuers: [{ ...ACME, name: "Let's Encrypt" }] }, ["PL5081"]],
  ["an e-mail address of nobody", { issuers: [{ ...ACME, email: "me@mail.example.com" }] }, ["PL5081"]],
  ["no e-mail address", { issuers: [{ ...ACME, email: "me" }] }, ["PL5081"]],
  ["no proof", { issuers: [{ ...ACME, solvers: [] }] }, ["PL5081"]],
  ["a server without TLS", { issuers: [{ ...ACME, server: "http://ca" as "https://ca" }] }, ["PL5081"]],
])("%s is refused", (_, props, codes) => expect(planned(props).codes).toEqual(codes));

it("a class that a release makes serves proofs", () => {
  expect(planned({ classes: [], existingClasses: ["nginx"], issuers: [ACME] }).codes).toEqual([]);
});
