/**
 * Shapes of machines that clouds commonly have flavors for: cores, memory in GiB and root disk in GiB stand in the name. A machine of
 * any other shape is given by its numbers.
 */
export const MACHINE_SHAPES = {
  c1m2d20: { cores: 1, memory: "2Gi", disk: "20Gi" },
  c2m2d20: { cores: 2, memory: "2Gi", disk: "20Gi" },
  c2m4d30: { cores: 2, memory: "4Gi", disk: "30Gi" },
  c2m8d50: { cores: 2, memory: "8Gi", disk: "50Gi" },
  c4m8d50: { cores: 4, memory: "8Gi", disk: "50Gi" },
  c4m16d50: { cores: 4, memory: "16Gi", disk: "50Gi" },
  c8m16d100: { cores: 8, memory: "16Gi", disk: "100Gi" },
  c8m32d100: { cores: 8, memory: "32Gi", disk: "100Gi" },
  c16m32d100: { cores: 16, memory: "32Gi", disk: "100Gi" },
  c16m64d200: { cores: 16, memory: "64Gi", disk: "200Gi" },
  c32m128d200: { cores: 32, memory: "128Gi", disk: "200Gi" },
} as const;

/** Name of a shape of the catalogue. */
export type MachineShape = keyof typeof MACHINE_SHAPES;
