/** How a domain is proved to be one's own. */
export type AcmeSolver =
  /** By a page below the domain: works for what an ingress serves, not for wildcards. */
  | {
      readonly type: "http01";
      /** Name of the ingress class that serves the page. */
      readonly ingressClass: string;
    }
  /** By a record in the domain's DNS. */
  | {
      readonly type: "dns01";
      readonly provider: "cloudflare" | "digitalocean";
      /** Secret in cert-manager's namespace that has the provider's token. */
      readonly tokenSecretName: string;
      /** Key of its data. @default "token" */
      readonly tokenSecretKey?: string;
      /** Domains that are proved this way. @default - all */
      readonly dnsZones?: readonly string[];
    };

/** Who issues certificates, to be named by every namespace. */
export type CertificatesIssuer =
  /** A public authority, by ACME. */
  | {
      readonly type: "acme";
      /** Name of the ClusterIssuer. */
      readonly name: string;
      /** Where the authority writes to when certificates run out. */
      readonly email: string;
      /**
       * Let's Encrypt, its staging (wide limits, trusted by nobody), or the URL of another authority's ACME directory.
       * @default "letsencrypt"
       */
      readonly server?: "letsencrypt" | "letsencrypt-staging" | `https://${string}`;
      /** How domains are proved to be one's own: at least one way. */
      readonly solvers: readonly AcmeSolver[];
    }
  /** An authority of the platform's own, made here: whoever is to trust it must be given its certificate. */
  | {
      readonly type: "ownAuthority";
      /** Name of the ClusterIssuer. */
      readonly name: string;
      /** Name in its certificate. @default - the name */
      readonly commonName?: string;
    }
  /** An authority that is there already. */
  | {
      readonly type: "authority";
      /** Name of the ClusterIssuer. */
      readonly name: string;
      /** Secret in cert-manager's namespace with `tls.crt` and `tls.key`. */
      readonly secretName: string;
    };

/** A class of ingresses: who serves them. */
export interface PlatformIngressClass {
  readonly name: string;
  /** What its controller calls itself, for example `k8s.io/ingress-nginx`. */
  readonly controller: string;
  /** Whether it has ingresses that name no class. @default false */
  readonly isDefault?: boolean;
}

/** How pages of the platform are reached. */
export interface IngressProps {
  /** Namespace of cert-manager: where Secrets of issuers are. */
  readonly certManagerNamespace: string;
  /** Classes that no release makes. @default - none */
  readonly classes?: readonly PlatformIngressClass[];
  /** Names of classes that releases make. @default - none */
  readonly existingClasses?: readonly string[];
  readonly issuers: readonly CertificatesIssuer[];
}
