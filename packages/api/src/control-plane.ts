/** Plinth's own kind of the group controlplane.plinth.dev: a control plane that Cluster API has not made. */
export * from "./gen/control-plane.js";
