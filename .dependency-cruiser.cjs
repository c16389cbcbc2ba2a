// The one lint for arrows: between packages, and inside a package. See docs/architecture.md.
const ORDER = ["core", "clients", "oci", "api", "bridge", "network", "nodes", "platform", "view", "plinth"];

const PLANS = [
  "^packages/[^/]+/src/(plan|props|rules)[^/]*\\.ts$",
  "^packages/nodes/src/engines/[^/]+/plan[^/]*\\.ts$",
  "^packages/nodes/src/status/",
  "^packages/platform/src/[^/]+/plan[^/]*\\.ts$",
  "^packages/platform/src/(catalogue/|(definition|release|handed-down|presets|configure|versions)[^/]*\\.ts$)",
];
const CHARTS = [
  "^packages/[^/]+/src/chart[^/]*\\.ts$",
  "^packages/nodes/src/engines/[^/]+/[^/]*chart\\.ts$",
  "^packages/platform/src/[^/]+/[^/]*chart\\.ts$",
];
const COMPONENTS = ["^packages/[^/]+/src/component[^/]*\\.ts$", "^packages/nodes/src/engines/[^/]+/component\\.ts$"];

const leftward = ORDER.map((name, i) => ({
  name: `${name}-uses-what-is-left-of-it`,
  comment:
    "Between packages arrows go one way: core <- clients <- oci <- api <- bridge <- network <- nodes <- platform <- view <- plinth",
  severity: "error",
  from: { path: `^packages/${name}/src/` },
  to: { path: ORDER.slice(i + 1).map((other) => `^packages/${other}/`) },
})).filter(({ to }) => to.path.length > 0);

module.exports = {
  forbidden: [
    ...leftward,
    {
      name: "lab-stands-apart",
      comment: "Only the command, stacks and tests use the lab",
      severity: "error",
      from: { path: "^packages/", pathNot: ["^packages/lab/", "^packages/plinth/src/(command|demo)/"] },
      to: { path: "^packages/lab/" },
    },
    {
      name: "lab-uses-core-clients-oci-and-api",
      severity: "error",
      from: { path: "^packages/lab/src/" },
      to: { path: "^packages/(bridge|network|nodes|platform|view|plinth)/" },
    },
    {
      name: "plan-is-pure",
      comment: "A plan knows no cdk8s, no Pulumi, no input or output",
      severity: "error",
      from: { path: PLANS, pathNot: "\\.test\\.ts$" },
      to: { path: ["node_modules/(\\.pnpm/)?(cdk8s|@pulumi)", "^(node:)?(fs|child_process|net|http|https)(/|$)"] },
    },
    {
      name: "chart-without-pulumi",
      comment: "A chart can be rendered without Pulumi",
      severity: "error",
      from: { path: CHARTS, pathNot: ["\\.test\\.ts$", "chart-resources\\.ts$"] },
      to: { path: "node_modules/(\\.pnpm/)?@pulumi", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "plan-knows-no-chart",
      comment: "Inside a package arrows go component -> chart -> plan",
      severity: "error",
      from: { path: PLANS, pathNot: "\\.test\\.ts$" },
      to: { path: [...CHARTS, ...COMPONENTS] },
    },
    {
      name: "chart-knows-no-component",
      comment: "Inside a package arrows go component -> chart -> plan",
      severity: "error",
      from: { path: CHARTS, pathNot: ["\\.test\\.ts$", "chart-resources\\.ts$"] },
      to: { path: COMPONENTS },
    },
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "no-kubernetes-sdk",
      comment: "@pulumi/kubernetes is slow to load and to type-check; the bridge does without it",
      severity: "error",
      from: { path: "^packages/" },
      to: { path: "@pulumi.kubernetes" },
    },
  ],
  options: {
    tsConfig: { fileName: "tsconfig.arrows.json" },
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: ["/dist/", "/data/"] },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "default"] },
  },
};
