#!/bin/bash
# The power supply of a machine: boots it, boots it again whenever it reboots, until it is powered off or this is told to
# end (SIGTERM), which is as if the plug were pulled. Leaves no process, namespace, mount or control group behind.
#
# machine.sh key=value...
#   name      host name
#   folder    the machine's own folder: upper, work, var, root
#   layers    read-only layers of its root, uppermost first, with colons between
#   groups    its control group, below that of each controller
#   memory    MiB
#   fabric    network namespace with the bridge
#   bridge    bridge in it
#   port      name of the machine's port on that bridge
#   address   address of the machine with its prefix length
#   gateway   address of its router
set -u
for argument; do declare -x "${argument?}"; done

here=$(dirname "$0")
controllers=(cpu cpuacct cpuset memory devices freezer blkio pids systemd unified)
power=

make_groups() {
  local controller parent
  for controller in "${controllers[@]}"; do
    parent=/sys/fs/cgroup/$controller/${groups%/*}
    mkdir -p "$parent"
    if [ "$controller" = cpuset ]; then # a group without processors takes no process
      cat /sys/fs/cgroup/cpuset/cpuset.cpus > "$parent/cpuset.cpus"
      cat /sys/fs/cgroup/cpuset/cpuset.mems > "$parent/cpuset.mems"
      echo 1 > "$parent/cgroup.clone_children"
    fi
    mkdir -p "/sys/fs/cgroup/$controller/$groups"
  done
  echo $((memory << 20)) > "/sys/fs/cgroup/memory/$groups/memory.limit_in_bytes"
}

remove_groups() {
  local controller left
  for _ in {1..40}; do
    left=
    for controller in "${controllers[@]}"; do
      local group=/sys/fs/cgroup/$controller/$groups
      [ -d "$group" ] && find "$group" -depth -type d -exec rmdir {} \; 2> /dev/null
      [ -d "$group" ] && left=1
      rmdir "${group%/*}" 2> /dev/null # that of all machines, when this was the last one
    done
    [ -z "$left" ] && return
    sleep 0.1 # the kernel is not done with its processes
  done
}

# in its groups before systemd starts: else the systemds of two machines take each other's units for their own
boot() {
  for controller in "${controllers[@]}"; do
    echo "$BASHPID" > "/sys/fs/cgroup/$controller/$groups/cgroup.procs" || exit 1
  done
  exec unshare --mount --pid --uts --ipc --cgroup --net --fork --kill-child bash "$here/boot.sh"
}

plug_in() {
  local init
  for _ in {1..100}; do
    init=$(pgrep -P "$1") && break
    sleep 0.05
  done
  ip -n "$fabric" link add "$port" type veth peer name eth0 netns "$init" &&
    ip -n "$fabric" link set "$port" master "$bridge" up
}

pull_plug() {
  power=off
  # the machine's first process, with which all others end; not its parent, which waits for it
  [ -n "${booted:-}" ] && { pkill -KILL -P "$booted" || kill -KILL "$booted"; } 2> /dev/null
}
trap pull_plug TERM

while [ "$power" != off ]; do
  make_groups
  boot &
  booted=$!
  plug_in "$booted" || kill -KILL "$booted"
  code=
  while kill -0 "$booted" 2> /dev/null; do
    wait "$booted"
    code=$?
  done
  remove_groups
  echo "$(date +%T) $name ended with $code (129: reboot, 130: power off)"
  [ "$code" = 129 ] || break
done
