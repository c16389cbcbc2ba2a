/** Kinds of Cluster API's core, group cluster.x-k8s.io. */
export * from "./gen/cluster-api.js";
