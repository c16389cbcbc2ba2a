import type { Rule } from "@plinth/core";

/** Rules of what is set for components of the catalogue; those of KubeVirt stand with what is set up without its release. */
export const PLATFORM_SETTINGS = {
  count: {
    code: "PL5020",
    rule: "A number of replicas or of minutes is whole, and at least 1",
    cause:
      "With none of them nothing answers admission requests; a fraction is refused by the API server, or by LINSTOR",
    source: "kubernetes/kubernetes:pkg/apis/apps/types.go; LINBIT/linstor-server:docs/rest_v1_openapi.yaml",
  },
  nameserver: {
    code: "PL5021",
    rule: "A name server for DNS challenges is an address with a port, or an https URL",
    cause: "cert-manager's controller ends at its start, and with it every certificate of the platform",
    source: "cert-manager/cert-manager:internal/apis/config/controller/validation/validation.go",
  },
  gatewayKinds: {
    code: "PL5022",
    rule: "Cilium makes gateways where the platform has the kinds of the Gateway API",
    cause: "They must be there before Cilium starts: its operator finds none, and no Gateway is ever served",
    source: "docs.cilium.io/en/latest/network/servicemesh/gateway-api/gateway-api, Prerequisites",
  },
  metricsStorage: {
    code: "PL5023",
    rule: "A store of measurements has a name of its own, and keeps them for a number of months, or of h, d, w or y",
    cause: "The API server refuses the VMCluster, and the release is retried for ever",
    source:
      "VictoriaMetrics/operator:config/crd/bases/operator.victoriametrics.com_vmclusters.yaml; cozystack/cozystack:packages/system/monitoring/templates/vm/vmcluster.yaml",
  },
  handedDown: {
    code: "PL5024",
    rule: "Ranges and masters of kube-ovn come from the platform's network and machines, not from values laid over them",
    cause:
      "Two plans of one network: addresses meet those of somebody else, which nothing has checked, and OVN's databases wait for masters that are not there",
    source: "cozystack/cozystack#283, #2242",
  },
  exclusive: {
    code: "PL5025",
    rule: "Values that are laid over those of a component do not contradict them",
    cause: "The chart refuses the pair when it is rendered, in the cluster: the release is retried for ever",
    source:
      "metallb/metallb:charts/metallb/templates/speaker.yaml; cert-manager/cert-manager:deploy/charts/cert-manager/templates/_helpers.tpl",
  },
  exposed: {
    code: "PL5026",
    rule: "The dashboard's release exposes the dashboard, and nothing else",
    cause: "Each chart looks for its own name in its own values: any other has no effect, and says nothing",
    source: "cozystack/cozystack:packages/system/dashboard/templates/ingress.yaml",
  },
  knownNow: {
    code: "PL5027",
    rule: "What is set for a component, its values and its references to values are plain: no Output, no promise",
    cause:
      "They are checked and compared before anything is sent, and Flux may read them from a file: an Output says nothing then, and hides a secret from the check for plain ones",
    source: "pulumi/pulumi:sdk/nodejs/output.ts, toJSON",
  },
} as const satisfies Record<string, Rule>;
