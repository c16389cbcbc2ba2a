/**
 * The docstring of a schema: the first paragraph of its description, its limits, its default.
 *
 * @param {object} schema
 * @returns {string | undefined}
 */
export function describe(schema) {
  const text = summary(schema);
  const parts = [text, limits(schema)].filter((part) => part !== "");
  if (schema.deprecated === true || schema["x-doc-deprecated"] === true || text.startsWith("Deprecated")) {
    parts.push("@deprecated");
  }
  const preset = schema.default ?? schema["x-doc-default"];
  if (preset !== undefined) parts.push(`@default ${typeof preset === "string" ? preset : JSON.stringify(preset)}`);
  return parts.length === 0 ? undefined : parts.join("\n\n").replaceAll("*/", "*\\/");
}

/**
 * The first paragraph of a description; empty where there is none.
 *
 * @param {object} schema
 * @returns {string}
 */
export function summary({ description = "" }) {
  const paragraphs = description.trim().split(/\n[ \t]*\n/);
  // a paragraph that ends in a colon means nothing without the next
  const end = paragraphs.findIndex((paragraph) => !paragraph.trimEnd().endsWith(":"));
  return paragraphs
    .slice(0, end === -1 ? paragraphs.length : end + 1)
    .join("\n\n")
    .replace(/\[([^\]]*)\]\((?!https?:)[^)]*\)/g, "$1"); // links relative to upstream's site lead nowhere from here
}

function limits(schema) {
  const { minimum, maximum, pattern, minItems, minLength, maxLength } = schema;
  return [
    minimum !== undefined && `At least ${minimum}.`,
    maximum !== undefined && `At most ${maximum}.`,
    minItems !== undefined && `Items: ${minItems} or more.`,
    minLength !== undefined && `Characters: ${minLength} or more.`,
    maxLength !== undefined && `At most ${maxLength} characters.`,
    pattern !== undefined && `Pattern: \`${pattern}\``,
  ]
    .filter((line) => line !== false)
    .join(" ");
}
