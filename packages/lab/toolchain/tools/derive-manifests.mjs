// Derives what an API server must hold for the controllers that the lab runs, from the modules' own configuration:
// `data/cluster-api/*.json`, `data/flux/*` and `data/kwok/*`. Run it in the folder `toolchain` after a change of a version; needs kubectl.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { loadAll } from "js-yaml";

const TOOLCHAIN = fileURLToPath(new URL("../", import.meta.url));
const DATA = fileURLToPath(new URL("../../data/", import.meta.url));

/** What an API server needs; Deployments, Services, certificates and leader election are for a cluster with nodes. */
const WANTED = new Set([
  "Namespace",
  "ServiceAccount",
  "ClusterRole",
  "ClusterRoleBinding",
  "CustomResourceDefinition",
  "MutatingWebhookConfiguration",
  "ValidatingWebhookConfiguration",
]);

/** Its manifests: roles and accounts of the controllers. No program of the lab is built from it. */
const FLUX = "github.com/fluxcd/flux2/v2@v2.9.4";

const CONTROLLERS = [
  {
    file: "cluster-api/core.json",
    kustomize: [["cluster-api", "sigs.k8s.io/cluster-api", "config/default"]],
  },
  {
    file: "cluster-api/bootstrap-kubeadm.json",
    kustomize: [["cluster-api", "sigs.k8s.io/cluster-api", "bootstrap/kubeadm/config/default"]],
  },
  {
    file: "cluster-api/infrastructure-openstack.json",
    kustomize: [["cluster-api", "sigs.k8s.io/cluster-api-provider-openstack", "config/default"]],
    // the provider watches this kind of another project and does not start without it
    files: [
      [
        "cluster-api",
        "github.com/k-orc/openstack-resource-controller/v2",
        "config/crd/bases/openstack.k-orc.cloud_images.yaml",
      ],
    ],
  },
  {
    file: "flux/manifests.json",
    namespace: "flux-system",
    kustomize: [["flux", FLUX, "manifests/rbac"]],
    files: [
      ...["source", "helm", "kustomize"].map((name) => [
        "flux",
        FLUX,
        `manifests/bases/${name}-controller/account.yaml`,
      ]),
      ...["buckets", "externalartifacts", "gitrepositories", "helmcharts", "helmrepositories", "ocirepositories"].map(
        (kind) => [
          "flux",
          "github.com/fluxcd/source-controller",
          `config/crd/bases/source.toolkit.fluxcd.io_${kind}.yaml`,
        ],
      ),
      ["flux", "github.com/fluxcd/helm-controller", "config/crd/bases/helm.toolkit.fluxcd.io_helmreleases.yaml"],
      [
        "flux",
        "github.com/fluxcd/kustomize-controller",
        "config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml",
      ],
    ],
  },
  { file: "kwok/access.json", kustomize: [["kube", "sigs.k8s.io/kwok", "kustomize/rbac"]] },
];

/** Output of a command, which may be long; what it says besides is of no interest. */
const OUTPUT = { encoding: "utf8", stdio: "pipe", maxBuffer: 64 * 1024 ** 2 };

const STAGES = [
  "node/fast/node-initialize",
  "node/heartbeat-with-lease/node-heartbeat-with-lease",
  "pod/fast/pod-ready",
  "pod/fast/pod-complete",
  "pod/fast/pod-delete",
];

const kinds = [];
for (const { file, namespace, kustomize, files = [] } of CONTROLLERS) {
  const texts = [
    ...kustomize.map(([group, module, path]) =>
      execFileSync("kubectl", ["kustomize", `${folderOf(group, module)}/${path}`], OUTPUT),
    ),
    ...files.map(([group, module, path]) => readFileSync(`${folderOf(group, module)}/${path}`, "utf8")),
  ];
  const objects = texts.flatMap((text) => loadAll(text)).filter((object) => WANTED.has(object.kind));
  if (namespace !== undefined) {
    for (const { kind, metadata } of objects) if (kind === "ServiceAccount") metadata.namespace = namespace;
    objects.unshift({ apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } });
  }
  write(file, `${JSON.stringify(objects.map(trimmed), undefined, 1)}\n`);
  if (file.startsWith("cluster-api/"))
    kinds.push(
      ...objects.filter(({ kind }) => kind === "CustomResourceDefinition").map(({ metadata }) => metadata.name),
    );
}
write("cluster-api/kinds.json", `${JSON.stringify(kinds.sort(), undefined, 1)}\n`);
const kwok = folderOf("kube", "sigs.k8s.io/kwok");
const stages = STAGES.map((name) => readFileSync(`${kwok}/kustomize/stage/${name}.yaml`, "utf8"));
write("kwok/stages.yaml", stages.join("---\n"));

function folderOf(group, module) {
  const answer = execFileSync("go", ["mod", "download", "-json", module], { cwd: TOOLCHAIN + group, encoding: "utf8" });
  return JSON.parse(answer).Dir;
}

/** Without what a cert-manager would read, and without versions that are neither served nor stored. */
function trimmed(object) {
  delete object.metadata.annotations?.["cert-manager.io/inject-ca-from"];
  delete object.status;
  if (object.aggregationRule !== undefined) delete object.rules; // a controller of the API server fills them in
  if (object.kind !== "CustomResourceDefinition") return object;
  object.spec.versions = object.spec.versions.filter(({ served, storage }) => served || storage);
  if (object.spec.versions.length === 1) delete object.spec.conversion; // nothing to convert
  return object;
}

function write(file, text) {
  mkdirSync(new URL(".", `file://${DATA}${file}`), { recursive: true });
  writeFileSync(DATA + file, text);
  console.log(file, text.length);
}
