/** The kind of KubeVirt's Containerized Data Importer, group cdi.kubevirt.io. */
export * from "./gen/cdi.js";
