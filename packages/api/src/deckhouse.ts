/** Kinds of the group deckhouse.io, and the settings of its modules that a ModuleConfig leaves open. */
export * from "./gen/deckhouse.js";
