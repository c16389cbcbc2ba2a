/**
 * Versions of what others publish and Plinth names: one place, so that none drifts. Each was run in the lab.
 */
export const CATALOGUE = {
  /** Pulumi provider plug-ins that resources ask for. */
  providers: {
    /** `@pulumi/kubernetes` and its plug-in. */
    kubernetes: "4.25.0",
    /** `@pulumi/openstack` and its plug-in; resource arguments used exist unchanged up to 5.5.1. */
    openstack: "3.15.2",
  },
  /** Kubernetes minor that the emitted objects were checked against. */
  kubernetes: "1.36.3",
} as const;
