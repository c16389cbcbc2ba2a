/** Kinds of the Piraeus operator (LINSTOR), group piraeus.io. */
export * from "./gen/piraeus.js";
