import { Check } from "@plinth/core";
import { expect, it } from "vitest";
import { linuxFiles } from "./linux.js";
import { machineProfile } from "./profile.js";

const drbd = {
  kernelModules: [{ name: "drbd", parameters: ["usermode_helper=disabled"] }],
  systemExtensions: ["drbd"],
};

it("adds up what components need, each thing once and in order, and says who needs it", () => {
  const check = new Check("platform");
  const profile = machineProfile(
    [
      { path: "platform/linstor", machine: { ...drbd, etcFiles: { "lvm/lvm.conf": "x" } } },
      { path: "platform/other", machine: { ...drbd, sysctls: { "vm.max_map_count": "262144" } } },
      { path: "platform/kube-ovn", machine: { kernelModules: [{ name: "openvswitch" }], replacesKubeProxy: true } },
      { path: "platform/kubevirt", machine: { deviceOwnershipFromSecurityContext: true, kubelet: { maxPods: 512 } } },
      { path: "platform/web" },
    ],
    check,
  );
  expect(check.refusals).toEqual([]);
  expect(profile).toEqual({
    kernelModules: [
      { name: "drbd", parameters: ["usermode_helper=disabled"] },
      { name: "openvswitch", parameters: [] },
    ],
    systemExtensions: ["drbd"],
    sysctls: { "vm.max_map_count": "262144" },
    kubelet: { maxPods: 512 },
    etcFiles: { "lvm/lvm.conf": "x" },
    deviceOwnershipFromSecurityContext: true,
    kubeProxy: false,
    reasons: {
      "containerd device_ownership_from_security_context": ["platform/kubevirt"],
      "extension drbd": ["platform/linstor", "platform/other"],
      "file lvm/lvm.conf": ["platform/linstor"],
      "kubelet maxPods": ["platform/kubevirt"],
      "module drbd": ["platform/linstor", "platform/other"],
      "module openvswitch": ["platform/kube-ovn"],
      "no kube-proxy": ["platform/kube-ovn"],
      "sysctl vm.max_map_count": ["platform/other"],
    },
  });
  expect(linuxFiles(profile)).toEqual({
    "/etc/modules-load.d/plinth.conf": "drbd\nopenvswitch\n",
    "/etc/modprobe.d/plinth.conf": "options drbd usermode_helper=disabled\n",
    "/etc/sysctl.d/90-plinth.conf": "vm.max_map_count = 262144\n",
    "/etc/containerd/conf.d/plinth.toml":
      'version = 3\n[plugins."io.containerd.cri.v1.runtime"]\n  device_ownership_from_security_context = true\n',
    "/etc/lvm/lvm.conf": "x",
  });
});

it("refuses what two components want differently, naming both", () => {
  const check = new Check("platform");
  machineProfile(
    [
      { path: "platform/a", machine: { sysctls: { "vm.swappiness": "0" } } },
      { path: "platform/b", machine: { sysctls: { "vm.swappiness": "10" } } },
    ],
    check,
  );
  expect(check.refusals.map(({ code, summary }) => [code, summary])).toEqual([
    ["PL5030", 'platform/b wants sysctl vm.swappiness "10", platform/a wants "0"'],
  ]);
});

it("writes no file that nothing needs", () => {
  expect(linuxFiles(machineProfile([], new Check("platform")))).toEqual({});
});
