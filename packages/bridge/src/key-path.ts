/** Where a value stands in an object: keys of maps and indexes of lists, from the outside in. */
export type KeyPath = readonly (string | number)[];

/** A key path as people write it, for example `spec.ports[0].name` or `metadata.annotations["a.b/c"]`. */
export function formatKeyPath(keys: KeyPath): string {
  let text = "";
  for (const key of keys) {
    if (typeof key === "number" || /^\d+$/.test(key)) text += `[${key}]`;
    else if (/^[A-Za-z_$][\w$-]*$/.test(key)) text += text === "" ? key : `.${key}`;
    else text += `[${JSON.stringify(key)}]`;
  }
  return text;
}
