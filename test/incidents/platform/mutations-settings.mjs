import { CATALOGUE, COZYSTACK, PLATFORM } from "./mutated.mjs";

export const network = [
  ...["pod", "service"].map((range) => ({
    incident: `${COZYSTACK}#4161`,
    file: `${PLATFORM}plan-network.ts`,
    from: `ofCluster(${range}, "${range}", "${range === "pod" ? "pods" : "Services"}"),`,
    to: "",
  })),
  {
    incident: `${COZYSTACK}#4161`,
    file: `${PLATFORM}plan-network.ts`,
    from: "ranges[key] ?? DEFAULTS[key]",
    to: "DEFAULTS[key]",
  },
  {
    incident: `${COZYSTACK}#3740`,
    file: `${PLATFORM}plan-network.ts`,
    from: ', ofCluster(nodePod, "nodePod", "addresses of Cilium on the nodes")]',
    to: "]",
  },
  ...["main-document", "separate-documents"].map((name) => ({
    incident: `${COZYSTACK}#3740`,
    file: `${PLATFORM}machine/talos/${name}.ts`,
    from: `podSubnets: [${name === "main-document" ? "settings." : ""}network.nodePod.toString()],`,
    to: `podSubnets: [${name === "main-document" ? "settings." : ""}network.pod.toString()],`,
  })),
  {
    incident: `${COZYSTACK}#283`,
    file: `${PLATFORM}plan-network.ts`,
    from: "if (pod.isHost(gateway)) return true;",
    to: "return true;",
  },
  {
    incident: `${COZYSTACK}#283`,
    file: `${PLATFORM}plan-network.ts`,
    from: "checkSizes({ pod, service, ...(hasOverlay ? { join } : {}) }, check);",
    to: "",
  },
  {
    incident: `${COZYSTACK}#2242`,
    file: `${CATALOGUE}kubeovn.ts`,
    from: "controlPlane.map(({ address }) => address)",
    to: "controlPlane.slice(0, 1).map(({ address }) => address)",
  },
  {
    incident: `${COZYSTACK}#2242`,
    file: `${PLATFORM}plan.ts`,
    from: 'if (props.distribution !== "hosted") checkControlPlane(machines, check);',
    to: "",
  },
  {
    incident: `${COZYSTACK}#2804`,
    file: `${PLATFORM}addresses/plan.ts`,
    from: "else checkAnnouncedTo(pool.announce.peers, peers, property, check);",
    to: "",
  },
  {
    incident: `${COZYSTACK}#2804`,
    file: `${PLATFORM}addresses/addresses-chart.ts`,
    from: "peers: [...peers],",
    to: "",
  },
];

export const settings = [
  {
    incident: `${COZYSTACK}#173`,
    file: `${PLATFORM}plan-releases.ts`,
    from: "sources.mirror === undefined ? chart : mirrorChart(chart, sources.mirror)",
    to: "chart",
  },
  {
    incident: `${COZYSTACK}#173`,
    file: `${PLATFORM}machine/registry-mirrors.ts`,
    from: "skipFallback: true,",
    to: "skipFallback: false,",
  },
  {
    incident: `${COZYSTACK}#173`,
    file: `${PLATFORM}machine/talos/main-document.ts`,
    from: "...registriesOf(settings), ",
    to: "",
  },
  {
    incident: `${COZYSTACK}#173`,
    file: `${PLATFORM}machine/talos/separate-documents.ts`,
    from: "[...mirrors(settings), ...virtualAddress(settings, role)]",
    to: "virtualAddress(settings, role)",
  },
  {
    incident: `${COZYSTACK}#2765`,
    file: `${PLATFORM}virtualization/kubevirt-settings.ts`,
    from: '? ["HostDevices"] : []',
    to: "? [] : []",
  },
  {
    incident: `${COZYSTACK}#2765`,
    file: `${PLATFORM}virtualization/kubevirt-settings.ts`,
    from: "pciDevices.length === 0 ? {} :",
    to: "pciDevices.length > 0 ? {} :",
  },
  {
    incident: `${COZYSTACK}#2765`,
    file: `${CATALOGUE}kubevirt.ts`,
    from: '  check: ({ settings }, check) => checkKubeVirt(settings, "", check),\n',
    to: "",
  },
  ...["main-document", "separate-documents"].map((name) => ({
    incident: `${COZYSTACK}#2780`,
    file: `${PLATFORM}machine/talos/${name}.ts`,
    from: name === "main-document" ? "moduleOf(name, parameters))" : "...kernelModules.map(({ name, parameters }) =>",
    to: name === "main-document" ? "parameters)" : "...[].map(({ name, parameters }) =>",
  })),
  {
    incident: `${COZYSTACK}#752`,
    file: `${PLATFORM}tenants/plan-quota.ts`,
    from: "if (given > amount) {",
    to: "if (given < 0n) {",
  },
  {
    incident: `${COZYSTACK}#752`,
    file: `${PLATFORM}tenants/plan-quota.ts`,
    from: "if (unlimited.length > 0) {",
    to: "if (unlimited.length > 99) {",
  },
  {
    incident: `${COZYSTACK}#1255`,
    file: `${PLATFORM}tenants/tenants-chart.ts`,
    from: "if (own.size === 0) return [range];",
    to: "if (own.size === 0) return range.node.scope.node.tryRemoveChild(range.node.id) ? [] : [];",
  },
  {
    incident: `${COZYSTACK}#1084`,
    file: `${CATALOGUE}monitoring.ts`,
    from: ", ...Object.fromEntries(parts) };",
    to: " };",
  },
  {
    incident: `${COZYSTACK}#1084`,
    file: `${PLATFORM}tenants/plan.ts`,
    from: "tenant.monitoring ? namespace : place.monitoring",
    to: "namespace",
  },
  {
    incident: `${COZYSTACK}#1568`,
    file: `${PLATFORM}configure.ts`,
    from: "settings: Partial<NoInfer<Settings>>,",
    to: "settings: object,",
    types: true,
  },
  {
    incident: `${COZYSTACK}#1568`,
    file: `${PLATFORM}plan.ts`,
    from: "check.fields<PlatformProps>(props, PLATFORM_FIELDS);",
    to: "",
  },
];
