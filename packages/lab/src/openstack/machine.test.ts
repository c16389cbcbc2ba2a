import { expect, test } from "vitest";
import { cannotInstall, type Machine, unfit } from "./machine.js";

const debian: Machine = {
  platform: "linux",
  osRelease: 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nVERSION_ID="12"\nID=debian\n',
  python: true,
  root: false,
  sudo: false,
};

test("Debian 12 with its Python will do", () => {
  expect(unfit(debian)).toEqual([]);
});

test("another system is named, with the remedy", () => {
  const ubuntu = { ...debian, osRelease: 'PRETTY_NAME="Ubuntu 24.04 LTS"\nID=ubuntu\nVERSION_ID="24.04"\n' };
  expect(unfit(ubuntu)).toEqual([
    "OpenStack comes from the packages of Debian 12, and this is Ubuntu 24.04 LTS: use a machine or a VM with Debian 12",
  ]);
  expect(unfit({ ...debian, platform: "darwin", osRelease: "" })[0]).toContain("this is darwin");
  expect(unfit({ ...debian, osRelease: debian.osRelease.replaceAll("12", "13") })).toHaveLength(1);
});

test("Debian without its own Python is told to install it", () => {
  expect(unfit({ ...debian, python: false })).toEqual([
    "/usr/bin/python3 is not there: install it (apt install python3)",
  ]);
});

test("packages need root or sudo, but only when some are missing", () => {
  const packages = ["python3-nova", "python3-glance"];
  expect(cannotInstall(debian, packages)).toBe(
    "only root can install packages and sudo is not there: as root, run apt install python3-nova python3-glance",
  );
  expect(cannotInstall(debian, [])).toBeUndefined();
  expect(cannotInstall({ ...debian, sudo: true }, packages)).toBeUndefined();
  expect(cannotInstall({ ...debian, root: true }, packages)).toBeUndefined();
});
