// How a mutation is written down: what is taken away, where, and what stands there instead.

/**
 * The guard is gone.
 *
 * @param file package and path in its sources, for example `nodes/plan.ts`
 * @param from text that prevents the incident; it stands once in the file
 */
export function removed(file, from) {
  return changed(file, from, "");
}

/** Something else stands in the place of the guard. */
export function changed(file, from, to) {
  return { file: `packages/${file.replace("/", "/src/")}`, from, to };
}

/** A type lets more pass: then it is the compiler that has to complain of a needless @ts-expect-error. */
export function untyped(file, from, to) {
  return { ...changed(file, from, to), types: true };
}

/** @param incidents mutations by the thread that tells of the incident, for example `deckhouse/deckhouse#12816` */
export function mutationsOf(incidents) {
  return Object.entries(incidents).flatMap(([incident, mutations]) =>
    mutations.map((mutation) => ({ incident, ...mutation })),
  );
}
