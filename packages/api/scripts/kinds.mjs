/**
 * What is generated: one file a group, public as `@plinth/api/<file>`, or together with others as `@plinth/api/<module>`.
 * A kind stands here when Plinth emits it, and not before. Of an `emitted` one Plinth emits the definition too.
 * `open` names properties that stay `object` in the types: Kubernetes's own long ones, which a user at most hands through.
 */
export const GROUPS = [
  {
    file: "deckhouse",
    group: "deckhouse.io",
    notice:
      "Descriptions of NodeGroup, ModuleConfig and NodeGroupConfiguration: deckhouse/deckhouse, Apache-2.0, shortened (see data/crds/deckhouse/NOTICE).",
    kinds: [
      { crd: "crds/deckhouse/node_group.v1.yaml", version: "v1" },
      { crd: "crds/deckhouse/module-config.yaml", version: "v1alpha1" },
      { crd: "crds/deckhouse/nodegroupconfiguration.yaml", version: "v1alpha1" },
      { crd: "crds/deckhouse/openstackinstanceclass.yaml", version: "v1" },
    ],
    /** Types of what a CRD leaves open, from a JSON Schema. */
    schemas: [
      {
        schema: "schemas/deckhouse/cloud-provider-openstack.settings.schema.json",
        name: "CloudProviderOpenstackSettings",
      },
    ],
  },
  {
    file: "cluster-api",
    group: "cluster.x-k8s.io",
    notice: "Descriptions: kubernetes-sigs/cluster-api, Apache-2.0, shortened (see data/crds/cluster-api/SOURCES.md).",
    kinds: [
      { crd: "crds/cluster-api/cluster.x-k8s.io_clusters.yaml", version: "v1beta2" },
      { crd: "crds/cluster-api/cluster.x-k8s.io_machinedeployments.yaml", version: "v1beta2" },
      { crd: "crds/cluster-api/cluster.x-k8s.io_machinehealthchecks.yaml", version: "v1beta2" },
    ],
    schemas: [],
  },
  {
    file: "cluster-api-kubeadm",
    group: "bootstrap.cluster.x-k8s.io",
    notice: "Descriptions: kubernetes-sigs/cluster-api, Apache-2.0, shortened (see data/crds/cluster-api/SOURCES.md).",
    kinds: [
      {
        crd: "crds/cluster-api/bootstrap.cluster.x-k8s.io_kubeadmconfigtemplates.yaml",
        version: "v1beta2",
      },
    ],
    schemas: [],
  },
  {
    file: "cluster-api-openstack",
    group: "infrastructure.cluster.x-k8s.io",
    notice:
      "Descriptions: kubernetes-sigs/cluster-api-provider-openstack, Apache-2.0, shortened (see data/crds/cluster-api-provider-openstack/SOURCES.md).",
    kinds: [
      {
        crd: "crds/cluster-api-provider-openstack/infrastructure.cluster.x-k8s.io_openstackclusters.yaml",
        version: "v1beta1",
      },
      {
        crd: "crds/cluster-api-provider-openstack/infrastructure.cluster.x-k8s.io_openstackmachinetemplates.yaml",
        version: "v1beta1",
      },
      {
        crd: "crds/cluster-api-provider-openstack/infrastructure.cluster.x-k8s.io_openstackclusteridentities.yaml",
        version: "v1alpha1",
      },
    ],
    schemas: [],
  },
  {
    file: "control-plane",
    group: "controlplane.plinth.dev",
    notice: "The group is Plinth's own.",
    kinds: [{ crd: "crds/plinth/externalcontrolplanes.yaml", version: "v1", emitted: true }],
    schemas: [],
  },
  ...[
    {
      file: "flux-helm",
      group: "helm.toolkit.fluxcd.io",
      kinds: [{ crd: "crds/flux/helm.toolkit.fluxcd.io_helmreleases.yaml", version: "v2" }],
    },
    {
      file: "flux-kustomize",
      group: "kustomize.toolkit.fluxcd.io",
      kinds: [{ crd: "crds/flux/kustomize.toolkit.fluxcd.io_kustomizations.yaml", version: "v1" }],
    },
    {
      file: "flux-source",
      group: "source.toolkit.fluxcd.io",
      kinds: [
        { crd: "crds/flux/source.toolkit.fluxcd.io_helmrepositories.yaml", version: "v1" },
        { crd: "crds/flux/source.toolkit.fluxcd.io_ocirepositories.yaml", version: "v1" },
      ],
    },
    {
      file: "flux-source-extensions",
      group: "source.extensions.fluxcd.io",
      kinds: [{ crd: "crds/flux/source.extensions.fluxcd.io_artifactgenerators.yaml", version: "v1beta1" }],
    },
  ].map((group) => ({
    ...group,
    module: "flux",
    notice: "Descriptions: fluxcd, Apache-2.0, shortened (see data/crds/flux/SOURCES.md).",
    schemas: [],
  })),
  {
    file: "metallb",
    group: "metallb.io",
    notice: "Descriptions: metallb/metallb, Apache-2.0, shortened (see data/crds/metallb/SOURCES.md).",
    kinds: [
      { crd: "crds/metallb/metallb.io_ipaddresspools.yaml", version: "v1beta1" },
      { crd: "crds/metallb/metallb.io_l2advertisements.yaml", version: "v1beta1" },
      { crd: "crds/metallb/metallb.io_bgpadvertisements.yaml", version: "v1beta1" },
      { crd: "crds/metallb/metallb.io_bgppeers.yaml", version: "v1beta2" },
    ],
    schemas: [],
  },
  {
    file: "piraeus",
    group: "piraeus.io",
    notice:
      "Descriptions: piraeusdatastore/piraeus-operator, Apache-2.0, shortened (see data/crds/piraeus-operator/SOURCES.md).",
    kinds: [
      { crd: "crds/piraeus-operator/piraeus.io_linstorclusters.yaml", version: "v1" },
      { crd: "crds/piraeus-operator/piraeus.io_linstorsatelliteconfigurations.yaml", version: "v1" },
    ],
    schemas: [],
  },
  {
    file: "cert-manager",
    group: "cert-manager.io",
    notice: "Descriptions: cert-manager/cert-manager, Apache-2.0, shortened (see data/crds/cert-manager/SOURCES.md).",
    kinds: [
      { crd: "crds/cert-manager/cert-manager.io_clusterissuers.yaml", version: "v1" },
      { crd: "crds/cert-manager/cert-manager.io_issuers.yaml", version: "v1" },
      { crd: "crds/cert-manager/cert-manager.io_certificates.yaml", version: "v1" },
    ],
    open: ["podTemplate", "vault", "venafi"],
    schemas: [],
  },
  {
    file: "kubevirt",
    group: "kubevirt.io",
    notice: "Descriptions: kubevirt/kubevirt, Apache-2.0, shortened (see data/crds/kubevirt/SOURCES.md).",
    kinds: [{ crd: "crds/kubevirt/kubevirt.io_kubevirts.yaml", version: "v1" }],
    open: ["affinity"],
    schemas: [],
  },
  {
    file: "cdi",
    group: "cdi.kubevirt.io",
    notice: "Descriptions: kubevirt/containerized-data-importer, Apache-2.0, shortened (see data/crds/cdi/SOURCES.md).",
    kinds: [{ crd: "crds/cdi/cdi.kubevirt.io_cdis.yaml", version: "v1beta1" }],
    open: ["affinity"],
    schemas: [],
  },
  {
    file: "kube-ovn",
    group: "kubeovn.io",
    notice: "Descriptions: kubeovn/kube-ovn, Apache-2.0, shortened (see data/crds/kube-ovn/SOURCES.md).",
    kinds: [
      { crd: "crds/kube-ovn/kubeovn.io_provider-networks.yaml", version: "v1" },
      { crd: "crds/kube-ovn/kubeovn.io_vlans.yaml", version: "v1" },
      { crd: "crds/kube-ovn/kubeovn.io_subnets.yaml", version: "v1" },
    ],
    schemas: [],
  },
];

/** CRDs made from a schema in our own words, because upstream's file must not be copied. */
export const OWN_CRDS = [
  {
    file: "crds/deckhouse/openstackinstanceclass.yaml",
    schema: "schemas/deckhouse/openstackinstanceclass.spec.schema.json",
    header: [
      "Generated by `pnpm --filter @plinth/api generate` from schemas/deckhouse/openstackinstanceclass.spec.schema.json.",
      "Not a copy: upstream's file is under the Deckhouse EE licence, which forbids publishing it.",
      "Names, types and patterns are those of the interface; all text is Plinth's own.",
    ],
    group: "deckhouse.io",
    kind: "OpenStackInstanceClass",
    plural: "openstackinstanceclasses",
    singular: "openstackinstanceclass",
    /** Served versions, one schema for all; the last one is stored. */
    versions: ["v1alpha1", "v1"],
  },
];
