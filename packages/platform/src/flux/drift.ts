import type { DriftIgnore } from "./settings.js";

/** How many webhooks one object has at most: a JSON pointer has no wildcard, and one that leads nowhere does nothing. */
const WEBHOOKS = 12;

const WEBHOOK_CERTIFICATES = Array.from(
  { length: WEBHOOKS },
  (_, i): `/${string}` => `/webhooks/${i}/clientConfig/caBundle`,
);

/**
 * What others than Helm write into objects of a release, by right: autoscalers the number of replicas, cert-manager and
 * operators the certificates that callers of webhooks trust.
 */
export const DRIFT_IGNORES: readonly DriftIgnore[] = [
  { paths: ["/spec/replicas"], target: { group: "apps", kind: "(Deployment|StatefulSet)" } },
  {
    paths: WEBHOOK_CERTIFICATES,
    target: { group: "admissionregistration.k8s.io", kind: "(Mutating|Validating)WebhookConfiguration" },
  },
  { paths: ["/spec/caBundle"], target: { group: "apiregistration.k8s.io", kind: "APIService" } },
  {
    paths: ["/spec/conversion/webhook/clientConfig/caBundle"],
    target: { group: "apiextensions.k8s.io", kind: "CustomResourceDefinition" },
  },
];
