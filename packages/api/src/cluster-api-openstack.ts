/** Kinds of Cluster API's provider for OpenStack, group infrastructure.cluster.x-k8s.io. */
export * from "./gen/cluster-api-openstack.js";
