import type { Rule } from "@plinth/core";

/** Rules about what the machines of a platform must have. */
export const MACHINE = {
  conflict: {
    code: "PL5030",
    rule: "Two components ask the same thing of a machine in the same way",
    cause:
      "A kernel module is loaded once, with one set of parameters, and a setting has one value: the later one would silently win",
  },
  talosVersion: {
    code: "PL5031",
    rule: "A version of Talos is written vMAJOR.MINOR.PATCH, and is v1.6 or newer",
    cause: "Which documents a machine reads depends on it; older ones have another configuration",
    source: "siderolabs/talos:pkg/machinery/config/schemas/config.schema.json",
  },
  kubernetesWindow: {
    code: "PL5032",
    rule: "The version of Talos runs the version of Kubernetes",
    cause: "Talos refuses a machine configuration with another one, when the machine is already installed",
    source: "siderolabs/talos:pkg/machinery/compatibility",
  },
  extensionImage: {
    code: "PL5033",
    rule: "The image of a system extension is known for the version of Talos, and one with kernel modules carries that version in its tag",
    cause:
      "A module that was built for another kernel lands in its folder and is never found: the machine boots without it",
    source: "siderolabs/extensions#159; siderolabs/extensions#187; siderolabs/talos#13910",
  },
  virtualAddress: {
    code: "PL5034",
    rule: "The virtual address of the API server lies in a node subnet, is no machine's own, and has a link",
    cause:
      "It is announced by ARP on one link, by one machine of the control plane at a time: outside of the subnet nobody would hear it",
    source: "siderolabs/talos:pkg/machinery/config/types/network/layer2_vip.go",
  },
} as const satisfies Record<string, Rule>;
