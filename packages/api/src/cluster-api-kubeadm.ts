/** Kinds of Cluster API's kubeadm bootstrap provider, group bootstrap.cluster.x-k8s.io. */
export * from "./gen/cluster-api-kubeadm.js";
