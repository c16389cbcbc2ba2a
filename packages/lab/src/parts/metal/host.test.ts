import { expect, it } from "vitest";
import { type Host, unfit } from "./host.js";

const CONTROLLERS = ["cpu", "cpuacct", "cpuset", "memory", "devices", "freezer", "blkio", "pids"];

const FIT: Host = {
  platform: "linux",
  root: true,
  mounts: CONTROLLERS.map((name) => `cgroup /sys/fs/cgroup/${name} cgroup rw,relatime,${name} 0 0\n`).join(""),
  filesystems: "nodev\tproc\n\text4\nnodev\toverlay\n",
  namespaces: undefined,
};

it("takes a host with all that machines are made of", () => {
  expect(unfit(FIT)).toEqual([]);
});

it("says what a host lacks, with the remedy", () => {
  expect(unfit({ ...FIT, platform: "darwin" })).toEqual([expect.stringContaining("this is darwin: use a VM")]);
  expect(unfit({ ...FIT, root: false })).toEqual([expect.stringContaining("run it as root")]);
  expect(unfit({ ...FIT, filesystems: "nodev\tproc\n" })).toEqual([expect.stringContaining("modprobe overlay")]);
  expect(unfit({ ...FIT, namespaces: "Operation not permitted" })).toEqual([
    expect.stringContaining("Operation not permitted; use a VM"),
  ]);
});

it("tells control groups of version 2 from those of version 1", () => {
  const unified = "cgroup2 /sys/fs/cgroup cgroup2 rw,nosuid,nodev,noexec,relatime 0 0\n";
  expect(unfit({ ...FIT, mounts: unified })).toEqual([
    expect.stringContaining("boot with systemd.unified_cgroup_hierarchy=0"),
  ]);
  expect(unfit({ ...FIT, mounts: FIT.mounts.replace("/sys/fs/cgroup/pids ", "/elsewhere ") })).toEqual([
    expect.stringContaining("has no pids:"),
  ]);
});
